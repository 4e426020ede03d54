import * as z from 'zod';

export const serviceInput = z.object({ service: z.string().regex(/^[a-z0-9-]{1,50}$/) });
export type ServiceInput = z.infer<typeof serviceInput>;

export const agreementView = z.object({
  service: z.string(), version: z.string(), title: z.string(),
  /** Four plain sentences: who is responsible for what. */
  summary: z.array(z.string()),
  text: z.string(),
  /** SHA-256 of version, title and text, hex: proves which words were accepted. */
  hash: z.string(), accepted: z.boolean(),
  acceptedAt: z.iso.datetime().nullable(), acceptedBy: z.string().nullable(),
  /** The network address from which it was accepted. */
  acceptedFrom: z.string().nullable(), acceptUrl: z.string(),
});
export type AgreementView = z.infer<typeof agreementView>;
