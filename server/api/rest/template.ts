import * as z from 'zod';
import { operation, type Operation } from '#server/api/rest/operation.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { deleteTemplate } from '#server/domain/template/delete.ts';
import { duplicateTemplate } from '#server/domain/template/duplicate.ts';
import { listTemplates } from '#server/domain/template/list.ts';
import { readVersion } from '#server/domain/template/read.ts';
import { refreshTemplate } from '#server/domain/template/refresh.ts';
import { createTemplateInput, duplicateTemplateInput, listTemplatesInput, syncView, templatePage, updateTemplateInput, versionInput, versionView } from '#server/domain/template/schema.ts';
import { submitTemplate } from '#server/domain/template/submit.ts';
import { syncTemplates } from '#server/domain/template/sync.ts';
import { updateTemplate } from '#server/domain/template/update.ts';

const tag = 'Templates';
const one = { tag, input: versionInput, output: versionView };
const example = {
  name: 'order_shipped', language: 'en', category: 'utility',
  content: { type: 'text', body: 'Hi {{firstName}}, your order {{order.trackingNumber}} is on its way. Reply to this message if you have a question.' },
  variables: { firstName: { sample: 'Ann', fallback: 'there' }, 'order.trackingNumber': { sample: 'TN-10001', fallback: '' } },
};

/** `id` is a version's: one text in one language. */
export const templateOperations: Operation[] = [
  operation({
    method: 'get', path: '/broadcast/templates', tag, summary: 'List the templates', description: 'Families, each with the newest version per language and the approved one that can be sent meanwhile.',
    input: listTemplatesInput, output: templatePage, shape: 'page', run: listTemplates,
  }),
  operation({
    method: 'post', path: '/broadcast/templates', tag, status: 201, summary: 'Create a draft',
    description: 'Texts name fields, `{{firstName}}` or any Liquid output; the submit gives them numbers. With the name of a template that exists it becomes a further language of it.',
    input: createTemplateInput, output: versionView, examples: { utility: example }, run: createTemplate,
  }),
  operation({ ...one, method: 'get', path: '/broadcast/templates/{id}', summary: 'Read a version with its status', run: readVersion }),
  operation({
    method: 'patch', path: '/broadcast/templates/{id}', tag, summary: 'Change a draft', output: versionView, input: updateTemplateInput, run: updateTemplate,
    description: 'What is left out stays. A version that was submitted never changes: the answer is then a new draft that follows it, with an `id` of its own.',
  }),
  operation({
    method: 'delete', path: '/broadcast/templates/{id}', tag, summary: 'Delete a version, at Twilio too', status: 204, shape: 'nothing', input: versionInput, run: deleteTemplate,
    description: 'Refused (409) while a scheduled or running broadcast sends with it. Meta keeps its name for 30 days.',
  }),
  operation({
    ...one, method: 'post', path: '/broadcast/templates/{id}/submit', summary: 'Submit a draft to Meta', run: submitTemplate,
    description: 'Meta’s rules are checked first (422 with each place in `details`). It may be repeated: nothing is made twice at Twilio. From here on its words never change.',
  }),
  operation({ ...one, method: 'post', path: '/broadcast/templates/{id}/refresh', summary: 'Read its status at Twilio now', description: 'It is read by itself too: every 2 minutes in the first hour, then every 15, daily after two days.', run: refreshTemplate }),
  operation({
    method: 'post', path: '/broadcast/templates/sync', tag, summary: 'Take in the templates that exist in the Twilio account', input: z.object({}), output: syncView, run: syncTemplates,
    description: 'They keep their numbers; a broadcast says what each stands for. `name_v2` becomes the second version of `name`.',
  }),
  operation({
    method: 'post', path: '/broadcast/templates/{id}/duplicate', tag, status: 201, summary: 'The same text in another language, or under another name',
    input: duplicateTemplateInput, isBodyOptional: true, output: versionView, run: duplicateTemplate,
  }),
];
