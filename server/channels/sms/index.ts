import type { Channel, Composed, Draft, DraftProblem, Way } from '../channel.ts';
import { compileText, textFault, type Rendered } from '../text.ts';
import { withOptOutLine } from './opt-out-line.ts';
import { PRICE_RANGE_REASONS, PRICE_SOURCE, priceRange, segmentPrice } from './price.ts';
import { countSegments } from './segments.ts';
import { smsWarnings } from './warnings.ts';

/** Twilio refuses a body above this (error 21617). */
export const SMS_MAX_CHARACTERS = 1600;

export const sms: Channel = {
  label: 'SMS',
  agreementService: 'bulk-sms',
  isSendable: true,
  windowSeconds: null,
  pairSeconds: null,
  usesService: true,
  unit: 'segment',
  toAddress: (phone) => phone,
  toSender: (typed) => (/^\+[1-9]\d{6,14}$/.test(typed) ? typed : null),
  problems: smsProblems,
  warnings: smsWarnings,
  prepare(draft) {
    const text = compileText(draft.content, draft.missingValues);
    const way: Way = { method: 'sms', text, isMetered: true, refuses: () => null };
    return { text, inside: way, outside: way, compose: (person) => composeSms(text.render(person), draft.optOutLine) };
  },
  listPrice: (recipient) => ({ ...priceRange(recipient), likely: segmentPrice(recipient) }),
  prices: { source: PRICE_SOURCE, reasons: PRICE_RANGE_REASONS, isUniform: true },
};

function smsProblems(draft: Draft): DraftProblem[] {
  const problem = (code: string, message: string): DraftProblem => ({ field: 'content', code, message });
  if (draft.content.trim() === '') return [problem('empty', 'Write the text of the message.')];
  const fault = textFault(draft.content);
  if (fault) return [problem('invalid_placeholder', `A placeholder is not written right: ${fault}. Use the form {{firstName}}.`)];
  if (draft.templateSid) return [{ field: 'templateSid', code: 'not_for_channel', message: 'An SMS has a text, not a template. Remove templateSid.' }];
  if (draft.mediaUrls.length > 0) return [{ field: 'mediaUrls', code: 'not_for_channel', message: 'An SMS has no files here. Remove mediaUrls, and put a link into the text.' }];
  return [];
}

function composeSms({ text, missing, isRefused }: Rendered, optOutLine: string | null): Composed {
  if (isRefused) return { skip: 'missing_variable', missing };
  if (text.trim() === '') return { skip: 'empty_message', missing };
  const body = withOptOutLine(text, optOutLine);
  if ([...body].length > SMS_MAX_CHARACTERS) return { skip: 'message_too_long', missing };
  return { method: 'sms', body, mediaUrls: [], segments: countSegments(body).segments, missing };
}
