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
