import { operation, type Operation } from '#server/api/rest/operation.ts';
import { listOptOuts } from '#server/domain/consent/list.ts';
import { recordOptOut } from '#server/domain/consent/record.ts';
import { listOptOutsInput, optOutPage, recordedOptOut, recordOptOutInput } from '#server/domain/consent/schema.ts';

const tag = 'Opt-outs';

export const optOutOperations: Operation[] = [
  operation({
    method: 'get', path: '/crm/opt-outs', tag, summary: 'Who left and who came back, newest first', description: 'The ledger of consent with its proof. `search` takes digits of the number, or words of the contact’s name.',
    input: listOptOutsInput, output: optOutPage, shape: 'page', run: listOptOuts,
  }),
  operation({
    method: 'post', path: '/crm/opt-outs', tag, status: 201, summary: 'Record an opt-out of a number', input: recordOptOutInput, output: recordedOptOut, run: recordOptOut,
    description: 'From all of your senders, or from the one in `sender`. The number needs no contact; nothing is sent to it from the next moment on, and Twilio is told.',
  }),
];
