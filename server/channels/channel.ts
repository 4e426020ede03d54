import type { CompiledText, Person } from './text.ts';

export const channelIds = ['sms', 'whatsapp'] as const;
export type ChannelId = (typeof channelIds)[number];

/** What an author writes; each channel uses its part. */
export type Draft = { content: string; templateSid: string | null; templateVariables: Record<string, string> | null };

/** A fault of a draft that must be mended before it can be sent. */
export type DraftProblem = { field: 'content' | 'templateSid' | 'templateVariables'; code: string; message: string };

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
  /** @throws Error when the draft has problems: ask for them first. */
  prepare: (draft: Draft) => Composer;
};
