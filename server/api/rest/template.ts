import { operation, type Operation } from '#server/api/rest/operation.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { duplicateTemplate } from '#server/domain/template/duplicate.ts';
import { listTemplates } from '#server/domain/template/list.ts';
import { readVersion } from '#server/domain/template/read.ts';
import { createTemplateInput, duplicateTemplateInput, listTemplatesInput, templatePage, updateTemplateInput, versionInput, versionView } from '#server/domain/template/schema.ts';
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
    method: 'post', path: '/broadcast/templates/{id}/duplicate', tag, status: 201, summary: 'The same text in another language, or under another name',
    input: duplicateTemplateInput, isBodyOptional: true, output: versionView, run: duplicateTemplate,
  }),
];
