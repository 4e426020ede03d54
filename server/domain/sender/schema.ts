import * as z from 'zod';

export const senderView = z.object({
  id: z.uuid(), channel: z.enum(['sms', 'whatsapp']), address: z.string(),
  kind: z.enum(['local', 'toll_free', 'short_code', 'mobile', 'alphanumeric', 'whatsapp']),
  registration: z.enum(['not_required', 'unregistered', 'pending', 'approved', 'rejected', 'suspended']),
  registrationDetail: z.string().nullable(), isSystem: z.boolean(),
  /** Segments per second that the sender may use, and why. */
  segmentsPerSecond: z.string(), paceSource: z.string(), haltedUntil: z.iso.datetime().nullable(), haltReason: z.string().nullable(),
  /** WhatsApp: people whom it may write to first in a moving 24 hours (null: as many as it likes), and how Meta rates it. */
  messagingLimit: z.number().int().nullable(), qualityRating: z.string().nullable(),
});
export type SenderView = z.infer<typeof senderView>;
