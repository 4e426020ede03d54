import * as z from 'zod';
import { reportView } from '../broadcast/schema.ts';

export const shareDays = [7, 30, 90] as const;

export const listSharesInput = z.object({ broadcastId: z.uuid() });
export type ListSharesInput = z.infer<typeof listSharesInput>;

/** `days`: until it expires. */
export const createShareInput = z.object({ broadcastId: z.uuid(), days: z.number().int().min(1).max(365), showsCost: z.boolean() });
export type CreateShareInput = z.infer<typeof createShareInput>;

export const shareInput = z.object({ id: z.uuid() });
export type ShareInput = z.infer<typeof shareInput>;

export type ShareView = { id: string; showsCost: boolean; createdBy: string | null; createdAt: string; expiresAt: string };
/** `path` is told once: only its hash is kept. */
export type NewShare = ShareView & { path: string };

/** What a stranger may see of a report: figures, and nothing that names or reaches a person. */
export const sharedReport = z.object({
  name: z.string(), organization: z.string(), channel: reportView.shape.broadcast.shape.channel, status: reportView.shape.broadcast.shape.status,
  startedAt: z.iso.datetime().nullable(), finishedAt: z.iso.datetime().nullable(), expiresAt: z.iso.datetime(),
  ...reportView.pick({ funnel: true, counts: true, skippedByReason: true, errors: true, deliverySeconds: true, durations: true, responses: true }).shape,
  cost: reportView.shape.cost.nullable(),
});
export type SharedReport = z.infer<typeof sharedReport>;
