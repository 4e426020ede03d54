import * as z from 'zod';
import { approvalView, broadcastInput, broadcastView } from '../broadcast/schema.ts';

// What is done with a draft before it is sent: tried, kept in versions, approved.

/** To at most five numbers, with the values of one contact (none: the first of the audience). */
export const testSendInput = broadcastInput.extend({ numbers: z.array(z.string().trim().min(1).max(40)).min(1).max(5), contactId: z.uuid().optional(), prefix: z.boolean().default(false) });
export type TestSendInput = z.input<typeof testSendInput>;
export const testSendView = z.object({ testId: z.uuid(), text: z.string(), segments: z.number().int(), estimate: z.string(), currency: z.string() });
export type TestSendView = z.infer<typeof testSendView>;
/** What a test would be and cost, before it is sent; numbers may still be missing or wrong (then `problems` says why). */
export const previewTestInput = broadcastInput.extend({ numbers: z.array(z.string().trim().max(40)).max(5).default([]), contactId: z.uuid().optional(), prefix: z.boolean().default(false) });
export type PreviewTestInput = z.input<typeof previewTestInput>;
export const testPreviewView = z.object({
  contactId: z.uuid(), contactName: z.string(), text: z.string(), segments: z.number().int(), estimate: z.string(), currency: z.string(),
  problems: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
});
export type TestPreviewView = z.infer<typeof testPreviewView>;

export const versionView = z.object({ version: z.number().int(), name: z.string().nullable(), savedBy: z.string().nullable(), savedAt: z.iso.datetime(), isCurrent: z.boolean() });
export type VersionView = z.infer<typeof versionView>;
export const versionInput = broadcastInput.extend({ version: z.number().int().min(1).max(2_147_483_647) });
export type VersionInput = z.infer<typeof versionInput>;
export const nameVersionInput = versionInput.extend({ name: z.string().trim().max(100) });
export type NameVersionInput = z.infer<typeof nameVersionInput>;
/** The draft as it stood: what a person can change of it. */
export const draftSnapshot = broadcastView.pick({
  name: true, content: true, mediaUrls: true, templateSid: true, templateVariables: true, senderPhone: true, recipientMethod: true, selectedLists: true, selectedNumbers: true, selectedFilter: true,
  excludedLists: true, excludedFilter: true, recipientCeiling: true, missingValues: true, optOutLine: true, ignoresQuietHours: true, stageSize: true, budget: true,
}).extend({ mediaUrls: z.array(z.string()).default([]) }); // rows of an earlier release have none
export type DraftSnapshot = z.infer<typeof draftSnapshot>;
export const versionDetail = versionView.extend({ draft: draftSnapshot });
export type VersionDetail = z.infer<typeof versionDetail>;

export const decideApprovalInput = z.object({ approvalId: z.uuid(), decision: z.enum(['approved', 'rejected']), note: z.string().trim().max(500).optional() });
export type DecideApprovalInput = z.infer<typeof decideApprovalInput>;

export const pendingApproval = approvalView.pick({ recipients: true, amount: true, currency: true, requestedBy: true, requestedAt: true, mayDecide: true })
  .extend({ id: z.uuid(), broadcastId: z.uuid(), broadcastName: z.string() });
export type PendingApproval = z.infer<typeof pendingApproval>;

/** Whether the account's balance covers `amount`. */
export const checkBalanceInput = z.object({ amount: z.string().regex(/^\d{1,12}(\.\d{1,6})?$/), currency: z.string().regex(/^[A-Z]{3}$/) });
export type CheckBalanceInput = z.infer<typeof checkBalanceInput>;
