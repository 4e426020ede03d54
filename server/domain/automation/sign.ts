import { createHmac } from 'node:crypto';
import type { Context } from '#server/context.ts';
import { open, seal } from '#server/domain/twilio-account/seal.ts';

const place = (ctx: Context, ruleId: string) => ({ organizationId: ctx.organizationId, field: `ruleSecret:${ruleId}` as const });

/** A new secret of a rule, and how it is stored. */
export function newSecret(ctx: Context, ruleId: string): { secret: string; sealedSecret: string } {
  const secret = `whsec_${ctx.randomToken()}${ctx.randomToken()}`;
  return { secret, sealedSecret: seal(secret, place(ctx, ruleId)) };
}

/**
 * Headers of a call: `X-Hailer-Signature: t=<unix seconds>,v1=<hex>`, where v1 is HMAC-SHA256 over `<t>.<body>` with the rule's secret. A receiver computes it
 * over the raw body, compares in constant time and refuses what is older than some minutes.
 */
export function signedHeaders(ctx: Context, { ruleId, sealedSecret, id, body }: { ruleId: string; sealedSecret: string; id: string; body: string }): Record<string, string> {
  const at = Math.floor(ctx.now().getTime() / 1000);
  const signature = createHmac('sha256', open(sealedSecret, place(ctx, ruleId))).update(`${at}.${body}`).digest('hex');
  return { 'content-type': 'application/json', 'user-agent': 'Hailer-Webhook/1', 'x-hailer-event-id': id, 'x-hailer-signature': `t=${at},v1=${signature}` };
}
