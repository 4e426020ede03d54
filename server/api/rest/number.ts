import { operation, type Operation } from '#server/api/rest/operation.ts';
import { buyNumber } from '#server/domain/number/buy.ts';
import { importNumber } from '#server/domain/number/import.ts';
import { buyNumberInput, importNumberInput, numberForSaleView, searchNumbersInput } from '#server/domain/number/schema.ts';
import { searchNumbers } from '#server/domain/number/search.ts';
import { pageInput, pageOf, slice } from '#server/domain/paging.ts';
import { listSenders } from '#server/domain/sender/list.ts';
import { helpView, senderView, setHelpInput } from '#server/domain/sender/schema.ts';
import { setHelp } from '#server/domain/sender/set-help.ts';

const tag = 'Senders';

export const numberOperations: Operation[] = [
  operation({
    method: 'get', path: '/phone/numbers', tag, summary: 'List senders with registration and cap', description: 'With what each reaches and why (`canSendTo`), and whether what people write to it is heard here (`inbound`).',
    input: pageInput, output: pageOf(senderView), shape: 'page', run: async (ctx, input) => slice(await listSenders(ctx), input),
  }),
  operation({
    method: 'get', path: '/phone/available', tag, summary: 'Search numbers that Twilio sells', description: 'Only numbers that can text, each with its monthly price for your account.',
    input: searchNumbersInput, output: pageOf(numberForSaleView), shape: 'page', run: searchNumbers,
  }),
  operation({
    method: 'post', path: '/phone/numbers', tag, summary: 'Buy a number', description: 'Costs money: Twilio charges the monthly price at once and every month. Send the price that was shown; when it is another one now, nothing is bought and 409 says the new one. Asking again for the same number costs nothing.',
    input: buyNumberInput, output: senderView, status: 201, run: buyNumber,
  }),
  operation({
    method: 'post', path: '/phone/numbers/add', tag, summary: 'Use a number that your Twilio account owns', description: 'Puts it into the messaging service and has Twilio hand here what people write to it.',
    input: importNumberInput, output: senderView, run: importNumber,
  }),
  operation({
    method: 'patch', path: '/phone/numbers/{id}', tag, summary: 'Set what a number answers to HELP', description: 'Twilio answers HELP for SMS numbers by itself (`provider`): paste the text there. `us` has us answer; for an SMS number confirm with `isTwilioOff` that Twilio does not.',
    input: setHelpInput, output: helpView, run: setHelp,
  }),
];
