import * as z from 'zod';
import { checkView } from '#server/domain/twilio-account/schema.ts';

/** One link of the chain with the moment at which it was tested. */
export const linkView = checkView.extend({ checkedAt: z.iso.datetime() });
export type LinkView = z.infer<typeof linkView>;

export const connectionView = z.object({
  links: z.array(linkView),
  /** When the whole chain was last tested; null: not since its keys were saved. */
  checkedAt: z.iso.datetime().nullable(),
  /** The same as text to hand on: no secret, no whole number or SID. */
  diagnostics: z.string(),
});
export type ConnectionView = z.infer<typeof connectionView>;
