import { randomUUID } from 'node:crypto';
import { requireRole, type Context } from '#server/context.ts';
import { postSigned } from '#server/domain/automation/call.ts';
import { findRule } from '#server/domain/automation/row.ts';
import type { TestCallInput, TestCallView } from '#server/domain/automation/schema.ts';
import { postToPublic, type Post } from '#server/domain/outbound/post.ts';
import { invalidField } from '#server/errors.ts';

/** Calls a webhook of a saved rule once with an invented message, signed as a real one (event keyword_rule.test). @throws Problem not_found, validation_failed when the rule has no such address */
export async function testCall(ctx: Context, { id, url }: TestCallInput, post: Post = postToPublic): Promise<TestCallView> {
  requireRole(ctx, 'marketer');
  const rule = await ctx.transaction((tx) => findRule(tx, ctx, id));
  if (!rule.actions.some((action) => action.type === 'webhook' && action.url === url)) throw invalidField('url', 'The rule as it is saved has no such address. Save it first.');
  const callId = randomUUID();
  const began = performance.now();
  const message = { id: randomUUID(), text: (rule.keywords[0] ?? '').toUpperCase(), from: '+12025550123', to: rule.senders[0] ?? '+14155551234', channel: 'sms', at: ctx.now().toISOString() };
  const text = JSON.stringify({ event: 'keyword_rule.test', id: callId, rule: { id: rule.id, name: rule.name }, message, contact: null });
  const { httpStatus, error } = await postSigned(ctx, { id: callId, url, ruleId: id, sealedSecret: rule.sealedSecret, text }, post);
  return { isTaken: error === null, httpStatus, error, milliseconds: Math.round(performance.now() - began) };
}
