import * as z from 'zod';
import { pageInput, pageOf, searchText } from '../paging.ts';

export const consentSources = ['keyword', 'opt_out_type', 'provider', 'staff', 'import', 'api', 'erased'] as const;

export const optOutView = z.object({
  id: z.uuid(), kind: z.enum(['opt_out', 'opt_in']),
  /** E.164. */
  phone: z.string(),
  contact: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** organization: all of our senders · sender: the one that is named. */
  scope: z.enum(['organization', 'sender']), sender: z.string().nullable(), source: z.enum(consentSources),
  /** What proves it: their word, the error of a message, the row of a file, a note. */
  evidence: z.record(z.string(), z.unknown()),
  /** Where they wrote it, when they did. */
  conversationId: z.uuid().nullable(),
  by: z.string().nullable(), at: z.iso.datetime(),
  /** Whether Twilio was told: not_needed, due, done, failed. */
  push: z.enum(['not_needed', 'due', 'done', 'failed']), pushError: z.string().nullable(),
});
export type OptOutView = z.infer<typeof optOutView>;

export const listOptOutsInput = pageInput.extend({
  /** Digits of the number, or the contact's name. */
  search: searchText, kind: z.enum(['opt_out', 'opt_in']).optional(), source: z.enum(consentSources).optional(), scope: z.enum(['organization', 'sender']).optional(),
});
export type ListOptOutsInput = z.input<typeof listOptOutsInput>;
export const optOutPage = pageOf(optOutView);
export type OptOutPage = z.infer<typeof optOutPage>;

/** `phone` in any usual form. `sender`: one of our addresses, when they want nothing more from this one only. */
export const recordOptOutInput = z.object({ phone: z.string().trim().min(1, 'Enter the phone number.').max(40), sender: z.string().trim().max(60).optional(), note: z.string().trim().max(500).default('') });
export type RecordOptOutInput = z.input<typeof recordOptOutInput>;
/** What the number is now. `isNew` false: it had left already. */
export const recordedOptOut = z.object({ phone: z.string(), scope: z.enum(['organization', 'sender']), sender: z.string().nullable(), isNew: z.boolean() });
export type RecordedOptOut = z.infer<typeof recordedOptOut>;

/** Numbers that are out now, and what happened in the last 30 days. */
export type OptOutCounts = { organization: number; sender: number; leftLately: number; cameBackLately: number };

export type DriftKind = 'recovered' | 'refused' | 'must_text_start' | 'push_failed';
/** One difference between our list and Twilio's. `event`: what was recorded here. `detail`: Twilio's reason. */
export type Drift = { id: string; kind: DriftKind; phone: string; contact: { id: string; name: string } | null; conversationId: string | null; event: 'opt_out' | 'opt_in'; word: string | null; detail: string | null; at: string };
export type DriftView = {
  isRunning: boolean;
  /** Null: none has run yet. */
  check: { startedAt: string; finishedAt: string | null; since: string; done: number; total: number; error: string | null; missedMessages: number } | null;
  /** Newest first, at most 100 of `total`. */
  differences: Drift[]; total: number;
  /** Decisions that Twilio has not heard of yet, and why they wait. */
  waiting: { count: number; reason: string | null };
};
