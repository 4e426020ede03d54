import { operation, type Operation } from '#server/api/rest/operation.ts';
import { createRule } from '#server/domain/automation/create.ts';
import { deleteRule } from '#server/domain/automation/delete.ts';
import { listRules } from '#server/domain/automation/list.ts';
import { readRule } from '#server/domain/automation/read.ts';
import { createRuleInput, ruleInput, ruleView, triedView, tryRulesInput, updateRuleInput, writtenRuleView } from '#server/domain/automation/schema.ts';
import { tryRules } from '#server/domain/automation/try.ts';
import { updateRule } from '#server/domain/automation/update.ts';
import { pageInput, pageOf, slice } from '#server/domain/paging.ts';

const tag = 'Rules';
const one = { tag, input: ruleInput };
const example = {
  name: 'Join the club', match: 'exact', keywords: ['JOIN'],
  actions: [{ type: 'subscribe', consentText: 'By texting JOIN you agree to get offers of Acme by text, up to 4 a month.' }, { type: 'reply', text: 'Welcome! Reply STOP to leave.' }],
};

export const automationOperations: Operation[] = [
  operation({ method: 'get', path: '/automation/keywords', tag, summary: 'List the keyword rules in the order in which they are asked', input: pageInput, output: pageOf(ruleView), shape: 'page', run: async (ctx, input) => slice(await listRules(ctx), input) }),
  operation({
    method: 'post', path: '/automation/keywords', tag, status: 201, summary: 'Create a keyword rule', input: createRuleInput, output: writtenRuleView, examples: { join: example }, run: createRule,
    description: 'It is asked after all others. The first enabled rule of the number that matches a message acts on it, once per message, and once per person within `onceHours`; never for somebody who opted out. '
      + 'Words that Twilio answers itself (STOP, START, YES, HELP, INFO …) are refused. With a webhook the answer has `secret`, this once: each call has the header `X-Hailer-Signature: t=<unix seconds>,v1=<hex>`, HMAC-SHA256 over `<t>.<body>` with it.',
  }),
  operation({ method: 'post', path: '/automation/keywords/try', tag, summary: 'Which rule would act on a message, and why', description: 'Nothing is sent and nothing is kept.', input: tryRulesInput, output: triedView, run: tryRules }),
  operation({ ...one, method: 'get', path: '/automation/keywords/{id}', summary: 'Read a keyword rule', output: ruleView, run: readRule }),
  operation({ method: 'patch', path: '/automation/keywords/{id}', tag, summary: 'Change a keyword rule', description: 'What is left out stays. `version` guards against changes of others (409); `priority` moves it, 1 is asked first.', input: updateRuleInput, output: writtenRuleView, run: updateRule }),
  operation({ ...one, method: 'delete', path: '/automation/keywords/{id}', summary: 'Delete a keyword rule and its history', status: 204, shape: 'nothing', run: deleteRule }),
];
