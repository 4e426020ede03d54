import { compileText } from '#server/channels/text.ts';
import type { Context } from '#server/context.ts';
import { broadcasts } from '#db/schema/index.ts';
import { measureValues, type FieldPart } from '#server/domain/broadcast/measure.ts';
import { whereBroadcast } from '#server/domain/broadcast/row.ts';
import type { VariableFacts, VariableFactsInput } from '#server/domain/template/schema.ts';
import { notFound } from '#server/errors.ts';

/**
 * What people really have for each plain expression: the longest value, and how many lack one; of a broadcast's audience, or of all contacts. Worked out
 * by Postgres in one pass. @throws Problem not_found
 */
export async function readVariableFacts(ctx: Context, { expressions, broadcastId }: VariableFactsInput): Promise<VariableFacts> {
  const plain = [...new Set(expressions)].flatMap((expression) => { const field = fieldIn(expression); return field ? [{ expression, field }] : []; });
  return ctx.transaction(async (tx) => {
    const [broadcast] = broadcastId ? await tx.select().from(broadcasts).where(whereBroadcast(ctx, broadcastId)) : [];
    if (broadcastId && !broadcast) throw notFound('broadcast');
    if (plain.length === 0) return {};
    const facts = await measureValues(tx, ctx, broadcast ?? null, plain.map(({ field }) => field));
    return Object.fromEntries(plain.map(({ expression }, i) => [expression, facts[i]!])); // one fact per field
  });
}

/** Names that no answer may have as a key. */
const unsafe = new Set(['__proto__', 'constructor', 'prototype']);

/** The field of an expression that only shows one; null when it computes, decides, or is no Liquid. */
function fieldIn(expression: string): FieldPart | null {
  try {
    const [part, ...others] = compileText(`{{${expression}}}`).parts ?? [];
    const isPlain = part && 'field' in part && others.length === 0;
    return isPlain && !unsafe.has(expression) ? part : null;
  } catch { return null; }
}
