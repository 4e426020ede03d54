import { eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { organizations } from '#db/schema/index.ts';
import { toMicros } from '#server/channels/decimal.ts';
import { channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { requireAgreement } from '#server/domain/agreement/require.ts';
import type { AudienceCounts } from '#server/domain/audience/waterfall.ts';
import { ceilingRefusal } from '#server/domain/broadcast/ceiling.ts';
import type { CostEstimate } from '#server/domain/broadcast/estimate.ts';
import { approvalRefusal } from '#server/domain/broadcast/approval.ts';
import { requireBudgetLeft } from '#server/domain/broadcast/budget.ts';
import type { Refused } from '#server/domain/broadcast/measure.ts';
import { blockedInWords } from '#server/domain/broadcast/missing-values.ts';
import { deliveryChecks, textChecks } from '#server/domain/broadcast/preflight-delivery.ts';
import { readDraft } from '#server/domain/broadcast/pinned-template.ts';
import { channelChecks } from '#server/domain/broadcast/preflight-channel.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { ApprovalView, PreviewView } from '#server/domain/broadcast/schema.ts';
import { requireRegistered, resolveSender } from '#server/domain/sender/resolve.ts';
import type { TierForecast } from '#server/domain/sender/tier.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';

type Check = PreviewView['checks'][number];
type Findings = { approval: ApprovalView | null; refused: Refused; warnings: PreviewView['warnings']; tier: TierForecast | null; /** Fields that some of the people looked at lack. */ empty: readonly string[] };

/** The same conditions that the send enforces, each shown with its fix. The agreement only warns: the send itself asks for it (402). */
export async function preflight(tx: Tx, ctx: Context, broadcast: BroadcastRow, counts: AudienceCounts, estimate: CostEstimate, { approval, refused, warnings, tier, empty }: Findings): Promise<Check[]> {
  const edit = `/broadcasts/${broadcast.id}`;
  const channel = channels[broadcast.channel];
  const draft = await readDraft(tx, ctx, broadcast);
  const problem = channel.problems(draft)[0];
  return [
    await tried('Twilio account', '/settings/twilio', async () => { await openCredentials(tx, ctx.organizationId); return 'Connected.'; }),
    await tried('Sender', '/settings/twilio', async () => {
      const resolved = await resolveSender(tx, ctx, broadcast.channel, broadcast.senderPhone);
      requireRegistered(resolved);
      return `${resolved.sender.address}, registered: ${resolved.pace.source}.`;
    }),
    await asWarning(tried('Agreement', '/settings/agreement', async () => { await requireAgreement(tx, ctx); return 'Accepted.'; })),
    problem ? { name: problem.field.startsWith('template') ? 'Template' : 'Text', status: 'block', detail: problem.message, code: problem.code, fixUrl: edit } : pass('Text', 'Can be rendered for everybody.'),
    channel.isSendable ? recipientsCheck(counts, broadcast.recipientCeiling, edit) : { name: 'Channel', status: 'block', detail: `${channel.label} cannot be sent yet.`, code: 'channel_not_supported', fixUrl: null },
    ...channelChecks(draft, estimate, tier, edit),
    ...valueChecks(counts, estimate, refused, empty, edit),
    ...warnings.map(({ code, title, detail }): Check => ({ name: title, status: 'warn', detail, code, fixUrl: edit })),
    ...(problem ? [] : textChecks(broadcast, warnings)),
    ...(await deliveryChecks(tx, ctx, broadcast)),
    ...(await budgetCheck(tx, ctx, estimate)),
    ...ownBudgetCheck(broadcast, estimate),
    ...approvalCheck(approval),
  ];
}

const pass = (name: string, detail: string): Check => ({ name, status: 'pass', detail, code: null, fixUrl: null });

async function tried(name: string, fixUrl: string, check: () => Promise<string>): Promise<Check> {
  try { return pass(name, await check()); } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { name, status: 'block', detail: error.message, code: error.code, fixUrl };
  }
}

async function asWarning(check: Promise<Check>): Promise<Check> {
  const result = await check;
  return result.status === 'block' ? { ...result, status: 'warn', detail: 'Not accepted yet. You are asked when you press Send.' } : result;
}

function recipientsCheck(counts: AudienceCounts, ceiling: number | null, fixUrl: string): Check {
  if (counts.recipients === 0) return { name: 'Recipients', status: 'block', detail: 'Nobody would get it. Choose a list with people who have a phone number and have not opted out.', code: 'no_recipients', fixUrl };
  const refused = ceilingRefusal(ceiling, counts.recipients);
  return refused ? { name: 'Recipients', status: 'block', detail: refused, code: 'recipient_ceiling', fixUrl } : pass('Recipients', `${counts.recipients.toLocaleString('en')} people will get it.`);
}

/** What the rules of the fields say about people who lack a value, and whom no rule covers. */
function valueChecks({ recipients }: AudienceCounts, estimate: CostEstimate, refused: Refused, empty: readonly string[], fixUrl: string): Check[] {
  const people = (count: number) => (count === 1 ? '1 person' : `${count.toLocaleString('en')} people`);
  const check = (name: string, status: Check['status'], detail: string): Check => ({ name, status, code: 'missing_variable', fixUrl, detail });
  if (refused.blocked > 0) return [check('Placeholders', 'block', blockedInWords(refused))];
  return [
    ...(refused.skipped > 0 ? [check('People without a value', 'warn', `${people(refused.skipped)} will be skipped, because the text needs a value that they do not have.`)] : []),
    ...(estimate.missingVariable > 0 ? [check('Placeholders', 'warn', emptyInWords(estimate.missingVariable, recipients, empty))] : []),
  ];
}

/** Empty for everybody is most often a name that was mistyped. */
function emptyInWords(lacking: number, recipients: number, fields: readonly string[]): string {
  const isAll = lacking >= recipients && recipients > 1;
  const people = lacking === 1 ? '1 person' : `${isAll ? 'all ' : ''}${lacking.toLocaleString('en')} people`;
  const names = fields.length === 0 ? '' : `: ${fields.slice(0, 3).map((field) => `{{${field}}}`).join(', ')}${fields.length > 3 ? ' and others' : ''}`;
  return `For ${people} a placeholder stays empty${names}. ${isAll ? 'Is its name right? Correct it, or give' : 'Give'} it a default, like {{ firstName | default: "there" }}.`;
}

async function budgetCheck(tx: Tx, ctx: Context, estimate: CostEstimate): Promise<Check[]> {
  const [organization] = await tx.select({ budget: organizations.monthlyBudget }).from(organizations).where(eq(organizations.id, ctx.organizationId));
  if (!organization?.budget) return [];
  return [await tried('Budget', '/settings/organization', async () => {
    await requireBudgetLeft(tx, ctx, estimate.amount);
    return 'Fits into what is left of the monthly limit; checked again while sending.';
  })];
}

function ownBudgetCheck({ id, budget }: BroadcastRow, { amount, currency }: CostEstimate): Check[] {
  if (budget === null) return [];
  if (toMicros(amount) <= toMicros(budget)) return [pass('Budget of this broadcast', `The likely cost is within ${Number(budget).toFixed(2)} ${currency}.`)];
  return [{ name: 'Budget of this broadcast', status: 'warn', detail: `The likely cost is above ${Number(budget).toFixed(2)} ${currency}: it will pause when that is spent.`, code: 'budget_below_cost', fixUrl: `/broadcasts/${id}/review#budget` }];
}

function approvalCheck(approval: ApprovalView | null): Check[] {
  if (!approval) return [];
  if (approval.state === 'approved') return [pass('Second person', `Approved by ${approval.decidedBy ?? 'a second person'}, for at most ${approval.recipients.toLocaleString('en')} people.`)];
  return [{ name: 'Second person', status: 'block', detail: approvalRefusal(approval), code: 'approval_required', fixUrl: null }];
}
