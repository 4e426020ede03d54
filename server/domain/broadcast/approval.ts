import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { roles, userId, type Context } from '#server/context.ts';
import { approvalHash, differences } from '#server/domain/broadcast/approval-hash.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { ApprovalView } from '#server/domain/broadcast/schema.ts';
import { iso } from '#server/domain/delivery/view.ts';
import { Problem } from '#server/errors.ts';

/** What a send would be at this moment; amounts are decimals of `currency`, `high` the most that the estimate names. */
export type SendSize = { recipients: number; amount: string; high?: string | undefined; currency: string };

export type ApprovalRow = {
  id: string; broadcast_id: string; hash: string; recipients: number; amount: string; currency: string; requested_by: string | null; requester: string | null; requested_at: string;
  decision: 'approved' | 'rejected' | null; decider: string | null; decided_at: string | null; note: string | null; covers_cost: boolean;
};

/**
 * The second person's word on a send of this size, or null when the organisation asks for none: it is not above either threshold.
 * An approval whose draft changed, or that is too small by now, is void; `changed` names what.
 */
export async function readApproval(tx: Tx, ctx: Context, broadcast: BroadcastRow, size: SendSize): Promise<ApprovalView | null> {
  if (!(await isNeeded(tx, ctx, size))) return null;
  const found = await latestApproval(tx, ctx, broadcast.id, size.amount);
  return found ? approvalView(tx, ctx, broadcast, found, size) : { ...nobodyAsked, changed: [], recipients: size.recipients, amount: size.high ?? size.amount, currency: size.currency };
}

/**
 * A send above the organisation's thresholds takes a second person's approval that holds at this moment. A test is never above them.
 * Gives its id, or null where none is needed.
 * @throws Problem approval_required that says what is missing
 */
export async function requireApproval(tx: Tx, ctx: Context, broadcast: BroadcastRow, size: SendSize): Promise<string | null> {
  const approval = await readApproval(tx, ctx, broadcast, size);
  if (approval === null || approval.state === 'approved') return approval?.id ?? null;
  throw new Problem('approval_required', `${approvalRefusal(approval)} Nothing was sent.`, { data: { approval: approval.state, approvalId: approval.id, changed: approval.changed } });
}

/** Why a send must wait for a second person, and what to do. */
export function approvalRefusal({ state, changed, decidedBy, note }: ApprovalView): string {
  switch (state) {
    case 'none': return 'A send of this size takes the approval of a second person. Ask for it on the review page.';
    case 'pending': return 'A second person was asked and has not answered yet.';
    case 'rejected': return `${decidedBy ?? 'A second person'} rejected this${note ? `: “${note}”` : ''}. Change it, then ask again.`;
    case 'void': return `The request no longer holds: ${new Intl.ListFormat('en').format(changed)} changed since. Ask again.`;
    case 'approved': return '';
  }
}

const nobodyAsked = { state: 'none' as const, id: null, requestedBy: null, requestedAt: null, decidedBy: null, decidedAt: null, note: null, mayDecide: false };

async function isNeeded(tx: Tx, ctx: Context, { recipients, amount }: SendSize) {
  const [organization] = await rows<{ above: boolean | null }>(tx, sql`
    select coalesce(${recipients}::int > approval_recipients, false) or coalesce(${amount}::numeric > approval_amount, false) as above
    from organization where id = ${ctx.organizationId}`);
  return organization?.above === true;
}

async function latestApproval(tx: Tx, ctx: Context, broadcastId: string, amount: string): Promise<ApprovalRow | undefined> {
  const [found] = await rows<ApprovalRow>(tx, sql`${approvalRows(ctx, amount)} and a.broadcast_id = ${broadcastId} order by a.requested_at desc limit 1`);
  return found;
}

/** Approvals (alias a) with the names of their people; covers_cost: `amount` is within what is approved. */
export const approvalRows = (ctx: Context, amount: string) => sql`
  select a.id, a.broadcast_id, a.hash, a.recipients, a.amount::text, a.currency, a.requested_by, r.name as requester, a.requested_at, a.decision, d.name as decider, a.decided_at, a.note,
    ${amount}::numeric <= a.amount as covers_cost
  from broadcast_approval a left join "user" r on r.id = a.requested_by left join "user" d on d.id = a.decided_by
  where a.organization_id = ${ctx.organizationId}`;

async function approvalView(tx: Tx, ctx: Context, broadcast: BroadcastRow, row: ApprovalRow, size: SendSize): Promise<ApprovalView> {
  const changed = await changedSince(tx, ctx, broadcast, row, size);
  // A rejection stays one, whatever was changed since: it waits for somebody to ask again.
  const state = row.decision === 'rejected' ? 'rejected' : changed.length > 0 ? 'void' : row.decision ?? 'pending';
  return {
    state, changed, id: row.id, recipients: row.recipients, amount: row.amount, currency: row.currency, requestedBy: row.requester, requestedAt: iso(row.requested_at),
    decidedBy: row.decider, decidedAt: row.decided_at === null ? null : iso(row.decided_at), note: row.note, mayDecide: state === 'pending' && mayDecide(ctx, row.requested_by),
  };
}

async function changedSince(tx: Tx, ctx: Context, broadcast: BroadcastRow, row: ApprovalRow, size: SendSize) {
  const ceiling = { recipients: row.recipients, amount: row.amount, currency: row.currency };
  // From the moment it is scheduled nobody can change a draft; fixing its audience rewrites its people, but adds none.
  const changed = broadcast.audienceFixedAt ? [] : differences(row.hash, await approvalHash(tx, ctx, broadcast, ceiling));
  if (size.recipients > row.recipients) changed.push(`the number of people (${row.recipients.toLocaleString('en')} → ${size.recipients.toLocaleString('en')})`);
  else if (!row.covers_cost) changed.push('the cost');
  return changed;
}

/** An owner or admin who is not the one that asked. */
export const mayDecide = (ctx: Context, requestedBy: string | null) =>
  ctx.actor.kind === 'user' && roles.indexOf(ctx.actor.role) <= roles.indexOf('admin') && userId(ctx) !== requestedBy;
