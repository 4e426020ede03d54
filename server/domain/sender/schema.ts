import * as z from 'zod';

const helpBy = z.enum(['provider', 'us']);

export const senderView = z.object({
  id: z.uuid(), channel: z.enum(['sms', 'whatsapp']), address: z.string(),
  kind: z.enum(['local', 'toll_free', 'short_code', 'mobile', 'alphanumeric', 'whatsapp']),
  registration: z.enum(['not_required', 'unregistered', 'pending', 'approved', 'rejected', 'suspended']),
  registrationDetail: z.string().nullable(), isSystem: z.boolean(),
  /** Segments per second that the sender may use, and why. */
  segmentsPerSecond: z.string(), paceSource: z.string(), haltedUntil: z.iso.datetime().nullable(), haltReason: z.string().nullable(),
  /** WhatsApp: people whom it may write to first in a moving 24 hours (null: as many as it likes), and how Meta rates it. */
  messagingLimit: z.number().int().nullable(), qualityRating: z.string().nullable(),
  /** What it answers to HELP (null: the usual words), and who does: Twilio (provider), with the text that is set there, or we. */
  helpText: z.string().nullable(), helpBy,
  /** Messages go through a service of Twilio, which answers STOP and HELP by itself. */
  hasTwilioKeywords: z.boolean(),
  /** It is in the messaging service that messages go through, or needs none. */
  isInService: z.boolean(),
  /** Where Twilio hands what people write to it: here, to another host, or nowhere. As Twilio said at `readAt`. */
  inbound: z.object({ state: z.enum(['here', 'elsewhere', 'nowhere']), host: z.string().nullable() }),
  /** When Twilio was asked last about registration and address. */
  readAt: z.iso.datetime().nullable(),
  /** What it reaches, and why or why not. */
  canSendTo: z.array(z.object({ to: z.enum(['US SMS', 'Canada SMS', 'UK SMS', 'WhatsApp']), answer: z.enum(['yes', 'maybe', 'no']), why: z.string() })),
});
export type SenderView = z.infer<typeof senderView>;

/** `isTwilioOff`: Twilio's own answer to HELP was switched off for this number; asked for when we begin to answer in its place. */
export const setHelpInput = z.object({
  id: z.uuid(), helpBy, isTwilioOff: z.boolean().default(false),
  helpText: z.string().trim().max(1600, 'At most 1,600 characters.').transform((text) => text || null).nullable(),
});
export type SetHelpInput = z.input<typeof setHelpInput>;
export const helpView = z.object({ id: z.uuid(), helpText: z.string().nullable(), helpBy });
