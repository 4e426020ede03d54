import type { Draft } from '#server/channels/index.ts';
import type { CostEstimate } from '#server/domain/broadcast/estimate.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import type { TierForecast } from '#server/domain/sender/tier.ts';

type Check = PreviewView['checks'][number];
const pass = (name: string, detail: string): Check => ({ name, status: 'pass', detail, code: null, fixUrl: null });
const people = (count: number) => (count === 1 ? '1 person' : `${count.toLocaleString('en')} people`);

/** What a channel with templates, a window and a tier adds: the state of the template, who gets what, and who must wait. */
export function channelChecks({ template }: Draft, { reach }: CostEstimate, tier: TierForecast | null, fixUrl: string): Check[] {
  return [
    ...(template?.status === 'approved' ? [pass('Template', `${template.name} (${template.language}) is approved as ${template.category}, which sets its price.`)] : []),
    ...(reach ? [windowCheck(reach, fixUrl)] : []),
    ...(reach && reach.undeliverable > 0 ? [{ name: 'Marketing to the US', status: 'warn' as const, code: 'marketing_not_delivered', fixUrl, detail: `${people(reach.undeliverable)} in the US will be skipped: Meta delivers no marketing templates there.` }] : []),
    ...(tier ? [tierCheck(tier)] : []),
  ];
}

function windowCheck({ inside, outside, unreachable }: NonNullable<CostEstimate['reach']>, fixUrl: string): Check {
  const name = '24-hour window';
  if (unreachable > 0) return { name, status: 'warn', code: 'outside_24h_window', fixUrl, detail: `${people(unreachable)} wrote more than 24 hours ago, or never, and will be skipped. Choose a template for them.` };
  return pass(name, `${people(inside)} wrote within 24 hours, ${people(outside)} did not. It is looked at again at the moment of each message.`);
}

function tierCheck({ limit, used, waiting, firstAt }: TierForecast): Check {
  const name = 'Daily limit of the sender';
  const cap = `${limit.toLocaleString('en')} people in 24 hours, ${used.toLocaleString('en')} of them used`;
  if (waiting === 0 || !firstAt) return pass(name, `Fits: the sender may write first to ${cap}.`);
  return { name, status: 'warn', code: 'tier', fixUrl: null, detail: `The sender may write first to ${cap}: ${people(waiting)} wait, the first until ${firstAt.toISOString().slice(0, 16).replace('T', ' ')} UTC. Nobody is dropped.` };
}
