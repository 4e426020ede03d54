import * as z from 'zod';

/** `confirmation`: the last four digits of their number; of somebody without a number the word erase. */
export const eraseContactInput = z.object({ id: z.uuid(), confirmation: z.string().max(20) });
export type EraseContactInput = z.input<typeof eraseContactInput>;
/** What erasing a person takes away; `deliveries` keep their place in counts and costs without number and text, `waiting` of them are skipped. */
export const erasureView = z.object({
  id: z.uuid(), conversations: z.number().int(), chatMessages: z.number().int(), activities: z.number().int(), lists: z.number().int(), consentEvents: z.number().int(),
  deliveries: z.number().int(), waiting: z.number().int(),
  /** A keyed hash of the number is kept, so that it stays suppressed. */
  keepsHash: z.boolean(),
});
export type ErasureView = z.infer<typeof erasureView>;

const channelId = z.enum(['sms', 'whatsapp']);

/** The steps in the order in which they are asked. */
export const stepCodes = ['number', 'opt_out', 'twilio', 'consent', 'quiet_hours', 'frequency_cap', 'window', 'sender'] as const;

/** May a broadcast reach this person now? pass and warn let it through, wait lets it through at `until`, fail does not. */
export const mayMessageView = z.object({
  contactId: z.uuid(), asOf: z.iso.datetime(),
  channels: z.array(z.object({
    channel: channelId, label: z.string(),
    /** template_only: approved templates, nothing else. */
    verdict: z.enum(['yes', 'template_only', 'later', 'no']),
    /** Ours, in the channel's form; null: there is none. */
    sender: z.string().nullable(),
    steps: z.array(z.object({ code: z.enum(stepCodes), status: z.enum(['pass', 'warn', 'wait', 'fail']), title: z.string(), detail: z.string(), until: z.iso.datetime().nullable() })),
  })),
});
export type MayMessageView = z.infer<typeof mayMessageView>;

const consentEventView = z.object({
  id: z.uuid(), kind: z.enum(['opt_out', 'opt_in']), at: z.iso.datetime(), scope: z.enum(['organization', 'sender']), sender: z.string().nullable(), channel: channelId.nullable(), source: z.string(),
  evidence: z.record(z.string(), z.unknown()),
  /** Who of us. */
  by: z.string().nullable(),
  /** Whether Twilio was told: not_needed · due · done · failed, with the reason. */
  push: z.enum(['not_needed', 'due', 'done', 'failed']), pushError: z.string().nullable(),
});
export type ConsentEventView = z.infer<typeof consentEventView>;

/** What a person agreed to, or left, on each channel. */
export const consentView = z.object({
  contactId: z.uuid(),
  channels: z.array(z.object({
    channel: channelId, label: z.string(), state: z.enum(['subscribed', 'opted_out', 'left_sender', 'never_asked']), since: z.iso.datetime().nullable(),
    /** How they agreed, in the words that were recorded. */
    words: z.string().nullable(),
    /** The entry of the ledger that decided; null: from before there was one. */
    event: consentEventView.nullable(),
    /** Of ours, those that they left. */
    leftSenders: z.array(z.string()),
    /** What Twilio holds against a message, in words; null: nothing that we know. */
    twilio: z.string().nullable(),
  })),
});
export type ConsentView = z.infer<typeof consentView>;

/** By one of us. `sender`: from this address of ours only; left out: from all. */
export const optOutInput = z.object({ id: z.uuid(), sender: z.string().max(60).optional(), note: z.string().trim().max(500).default('') });
export type OptOutInput = z.input<typeof optOutInput>;
/** A slip of the one who recorded it can be taken back until then. */
export const optOutResult = z.object({ eventId: z.uuid().nullable(), undoUntil: z.iso.datetime() });
export type OptOutResult = z.infer<typeof optOutResult>;
export const undoOptOutInput = z.object({ id: z.uuid(), eventId: z.uuid() });
export type UndoOptOutInput = z.infer<typeof undoOptOutInput>;

export const addConsentInput = z.object({ id: z.uuid(), consentSource: z.string().trim().min(1, 'Say where their consent comes from, like “signed up in the shop, 3 May”.').max(200) });
export type AddConsentInput = z.input<typeof addConsentInput>;
