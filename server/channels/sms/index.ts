import type { Channel, Composed, Draft, DraftProblem } from '../channel.ts';
import { compileText, textFault, type Rendered } from '../text.ts';
import { withOptOutLine } from './opt-out-line.ts';
import { countSegments } from './segments.ts';
import { smsWarnings } from './warnings.ts';

/** Twilio refuses a body above this (error 21617). */
export const SMS_MAX_CHARACTERS = 1600;

export const sms: Channel = {
  label: 'SMS',
  agreementService: 'bulk-sms',
  isSendable: true,
  toAddress: (phone) => phone,
  toSender: (typed) => (/^\+[1-9]\d{6,14}$/.test(typed) ? typed : null),
  problems: smsProblems,
  warnings: smsWarnings,
  prepare(draft) {
    const text = compileText(draft.content, draft.missingValues);
    return { text, compose: (person) => composeSms(text.render(person), draft.optOutLine) };
  },
};

function smsProblems(draft: Draft): DraftProblem[] {
  const problem = (code: string, message: string): DraftProblem => ({ field: 'content', code, message });
  if (draft.content.trim() === '') return [problem('empty', 'Write the text of the message.')];
  const fault = textFault(draft.content);
  if (fault) return [problem('invalid_placeholder', `A placeholder is not written right: ${fault}. Use the form {{firstName}}.`)];
  if (draft.templateSid) return [{ field: 'templateSid', code: 'not_for_channel', message: 'An SMS has a text, not a template. Remove templateSid.' }];
  return [];
}

function composeSms({ text, missing, isRefused }: Rendered, optOutLine: string | null): Composed {
  if (isRefused) return { skip: 'missing_variable', missing };
  if (text.trim() === '') return { skip: 'empty_message', missing };
  const body = withOptOutLine(text, optOutLine);
  if ([...body].length > SMS_MAX_CHARACTERS) return { skip: 'message_too_long', missing };
  return { method: 'sms', body, segments: countSegments(body).segments, missing };
}
