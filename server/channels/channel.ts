import type { CompiledText, MissingValues, Person } from './text.ts';
import type { PinnedTemplate, TemplateCategory } from './whatsapp/template.ts';

export const channelIds = ['sms', 'whatsapp'] as const;
export type ChannelId = (typeof channelIds)[number];

/** What an author writes; each channel uses its part. */
export type Draft = {
  content: string;
  /** Public addresses of the files that go with the content. */
  mediaUrls: string[];
  templateSid: string | null;
  /** What the SID names, as it is known at this moment; null: nothing here. */
  template: PinnedTemplate | null;
  /** Positions to expressions; null: as the template's author meant them. */
  templateVariables: Record<string, string> | null;
  /** By field: what happens to a person without a value for it; a field without a rule stays empty (D5). */
  missingValues: MissingValues;
  /** Last line of every message; left out of a text that names STOP already. */
  optOutLine: string | null;
};

/** A fault of a draft that must be mended before it can be sent. */
export type DraftProblem = { field: 'content' | 'mediaUrls' | 'templateSid' | 'templateVariables'; code: string; message: string };

/** Something about a text that a carrier or a reader may take amiss. It never stops a send; `detail` says what to do. */
export type Warning = { code: string; title: string; detail: string };

/** What a warning needs besides the draft: how the organisation calls itself, and the segments of the longest message, when they are known. */
export type WarningFacts = { brandName: string | null; longest: number | null };

export const methods = ['sms', 'template', 'freeform'] as const;
export type Method = (typeof methods)[number];

/** To whom a message would go at this moment: the address on the channel, and whether they wrote within the channel's window. */
export type Addressee = { recipient: string; isWindowOpen: boolean };

/** Why one person of the audience gets nothing. */
export type Skip = 'empty_message' | 'message_too_long' | 'missing_variable' | 'outside_24h_window' | 'marketing_not_delivered';

/** One person's message, or the reason why this person gets none. Of a template `body` is what they read, for the log: Twilio gets its SID and the values. */
export type Composed =
  | { method: 'sms' | 'freeform'; body: string; mediaUrls: string[]; segments: number; missing: string[] }
  | { method: 'template'; body: string; contentSid: string; contentVariables: Record<string, string>; segments: 1; missing: string[] }
  | { skip: Skip; missing: string[] };

/** One of the messages of a draft, as a whole audience can be measured by it. `text` holds all that is filled in, and the rules of what is not there. */
export type Way = {
  method: Method; text: CompiledText;
  /** Its segments depend on the text; else each message is one. */
  isMetered: boolean;
  /** Who never gets it, by the address alone. */
  refuses: (recipient: string) => Skip | null;
};

/** A draft made ready once per broadcast; `compose` is then cheap. */
export type Composer = {
  /** The text that the author writes here. */
  text: CompiledText;
  /** What people inside and outside of the window get; the same object where that makes no difference, null where they get nothing (outside_24h_window). */
  inside: Way | null; outside: Way | null;
  compose: (person: Person, to: Addressee) => Composed;
};

/** What decides the list price of a message besides its recipient. */
export type PricedMessage = { method: Method; category: TemplateCategory | null; isWindowOpen: boolean; at: Date };
/** What one segment costs by the public lists, in USD, as decimals of up to six places. */
export type ListPrice = { low: string; likely: string; high: string };

/** What differs by channel: data and pure functions. It reads no clock, no table, no environment, so the editor runs the very code that sends. */
export type Channel = {
  label: string;
  /** The service whose agreement must be accepted before the first send (D1). */
  agreementService: string;
  /** False until the dispatcher can send it: a draft may exist, a send is refused with channel_not_supported. */
  isSendable: boolean;
  /** Seconds after a person's last message within which anything may be written to them; null: there is no such window. */
  windowSeconds: number | null;
  /** Seconds between two messages of one sender to one person. */
  pairSeconds: number | null;
  /** Goes out through a Twilio Messaging Service (P18), or by its sender alone. */
  usesService: boolean;
  /** What a pace counts. */
  unit: 'segment' | 'message';
  /** Turns a contact's E.164 number into the recipient's address on this channel. */
  toAddress: (phone: string) => string;
  /** The same for a sender as typed (P65); null when it belongs to another channel. */
  toSender: (typed: string) => string | null;
  problems: (draft: Draft) => DraftProblem[];
  warnings: (draft: Draft, facts: WarningFacts) => Warning[];
  /** @throws Error when the draft has problems: ask for them first. */
  prepare: (draft: Draft) => Composer;
  /** Of one segment. */
  listPrice: (recipient: string, message: PricedMessage) => ListPrice;
  /** Where the list prices are from, and why a cost is a range, in words. `isUniform`: all messages to a country cost alike, so their average says what the next one will cost. */
  prices: { source: string; reasons: string[]; isUniform: boolean };
};
