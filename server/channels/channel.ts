import type { CompiledText, MissingValues, Person } from './text.ts';

export const channelIds = ['sms', 'whatsapp'] as const;
export type ChannelId = (typeof channelIds)[number];

/** What an author writes; each channel uses its part. */
export type Draft = {
  content: string; templateSid: string | null; templateVariables: Record<string, string> | null;
  /** By field: what happens to a person without a value for it; a field without a rule stays empty (D5). */
  missingValues: MissingValues;
  /** Last line of every message; left out of a text that names STOP already. */
  optOutLine: string | null;
};

/** A fault of a draft that must be mended before it can be sent. */
export type DraftProblem = { field: 'content' | 'templateSid' | 'templateVariables'; code: string; message: string };

/** Something about a text that a carrier or a reader may take amiss. It never stops a send; `detail` says what to do. */
export type Warning = { code: string; title: string; detail: string };

/** What a warning needs besides the draft: how the organisation calls itself, and the segments of the longest message, when they are known. */
export type WarningFacts = { brandName: string | null; longest: number | null };

/** One person's message, or the reason why this person gets none. */
export type Composed =
  | { method: 'sms' | 'template' | 'freeform'; body: string; segments: number; missing: string[] }
  | { skip: 'empty_message' | 'message_too_long' | 'missing_variable'; missing: string[] };

/** A draft made ready once per broadcast; `compose` is then cheap. */
export type Composer = { text: CompiledText; compose: (person: Person) => Composed };

/** What differs by channel: data and pure functions. It reads no clock, no table, no environment, so the editor runs the very code that sends. */
export type Channel = {
  label: string;
  /** The service whose agreement must be accepted before the first send (D1). */
  agreementService: string;
  /** False until the dispatcher can send it: a draft may exist, a send is refused with channel_not_supported. */
  isSendable: boolean;
  /** Turns a contact's E.164 number into the recipient's address on this channel. */
  toAddress: (phone: string) => string;
  /** The same for a sender as typed (P65); null when it belongs to another channel. */
  toSender: (typed: string) => string | null;
  problems: (draft: Draft) => DraftProblem[];
  warnings: (draft: Draft, facts: WarningFacts) => Warning[];
  /** @throws Error when the draft has problems: ask for them first. */
  prepare: (draft: Draft) => Composer;
};
