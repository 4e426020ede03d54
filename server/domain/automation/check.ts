import type { Tx } from '#db/index.ts';
import { textFault } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { normalise, reservedOf, type Reserved } from '#server/domain/automation/match.ts';
import { readKnown } from '#server/domain/automation/row.ts';
import type { Known } from '#server/domain/automation/flags.ts';
import type { RuleAction } from '#server/domain/automation/schema.ts';
import { webhookUrlFault } from '#server/domain/automation/webhook-url.ts';
import { Problem, type ProblemDetail } from '#server/errors.ts';

type Fields = { keywords?: string[] | undefined; senders?: string[] | undefined; actions?: RuleAction[] | undefined };

/**
 * The parts of a rule that are given, as they are kept: words as they are compared, each once.
 * @throws Problem validation_failed naming each field that does not fit
 */
export async function checkRule<T extends Fields>(tx: Tx, ctx: Context, fields: T): Promise<T> {
  const known = await readKnown(tx, ctx);
  const keywords = fields.keywords && [...new Set(fields.keywords.map(normalise))];
  const details = [...(keywords ?? []).flatMap(keywordFaults), ...senderFaults(fields.senders ?? [], known), ...(fields.actions ?? []).flatMap((action, n) => actionFaults(action, n, known)), ...repeated(fields.actions ?? [])];
  if (details.length > 0) throw new Problem('validation_failed', details.length === 1 ? details[0]!.message : `${details.length} fields do not fit. The first: ${details[0]!.message}`, { details });
  return { ...fields, ...(keywords && { keywords }), ...(fields.senders && { senders: [...new Set(fields.senders)] }) };
}

const RESERVED: Record<Reserved, string> = {
  STOP: 'is one of the words with which people opt out. Twilio answers it and blocks the number; a rule on it would never be asked.',
  START: 'is one of the words with which people come back at Twilio, which answers it itself. A rule on it would never be asked.',
  HELP: 'asks for help: it is answered with the text that the number has for it. A rule on it would never be asked.',
};

function keywordFaults(keyword: string): ProblemDetail[] {
  if (!/[^\s]/.test(keyword)) return [{ field: 'keywords', code: 'required', message: 'Enter a word.' }];
  const reserved = reservedOf(keyword);
  return reserved ? [{ field: 'keywords', code: 'reserved', message: `${keyword.toUpperCase()} ${RESERVED[reserved]} Choose another word.` }] : [];
}

const senderFaults = (senders: string[], known: Known): ProblemDetail[] => senders.filter((sender) => !known.senders.has(sender))
  .map((sender) => ({ field: 'senders', code: 'not_found', message: `${sender} is no sender of yours. Choose one of yours, or all.` }));

function actionFaults(action: RuleAction, n: number, known: Known): ProblemDetail[] {
  if (action.type === 'reply') {
    const fault = textFault(action.text);
    return fault ? [{ field: `actions.${n}.text`, code: 'invalid', message: `The answer has a placeholder that cannot be read: ${fault}.` }] : [];
  }
  if (action.type === 'add_to_list' && !known.lists.has(action.listId)) return [{ field: `actions.${n}.listId`, code: 'not_found', message: 'This list does not exist any more. Choose another one.' }];
  const fault = action.type === 'webhook' ? webhookUrlFault(action.url) : null;
  return fault ? [{ field: `actions.${n}.url`, code: 'invalid', message: fault }] : [];
}

const ONCE = {
  reply: { field: 'text', message: 'A rule answers once. Write one answer.' },
  subscribe: { field: 'consentText', message: 'A rule records one consent. Remove the other.' },
  notify: { field: 'text', message: 'A rule gives one notice. Remove the other.' },
} as const;

/** One answer is enough, and so is one consent, and one notice. */
function repeated(actions: readonly RuleAction[]): ProblemDetail[] {
  return actions.flatMap(({ type }, n) => {
    if (!(type === 'reply' || type === 'subscribe' || type === 'notify') || actions.findIndex((one) => one.type === type) === n) return [];
    return [{ field: `actions.${n}.${ONCE[type].field}`, code: 'repeated', message: ONCE[type].message }];
  });
}
