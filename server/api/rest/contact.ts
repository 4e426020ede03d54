import * as z from 'zod';
import { operation, type Operation } from '#server/api/rest/operation.ts';
import { importContacts } from '#server/domain/contact-import/import.ts';
import { importContactsInput, importResult } from '#server/domain/contact-import/schema.ts';
import { createContact } from '#server/domain/contact/create.ts';
import { deleteContact } from '#server/domain/contact/delete.ts';
import { listActivities } from '#server/domain/contact/list-activities.ts';
import { listContacts } from '#server/domain/contact/list.ts';
import { readContact } from '#server/domain/contact/read.ts';
import {
  activityView, contactPage, contactView, createContactInput, listActivitiesInput, listContactsInput, updateContactInput,
} from '#server/domain/contact/schema.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { eraseContact } from '#server/domain/person/erase.ts';
import { readMayMessage } from '#server/domain/person/may-message.ts';
import { readConsent } from '#server/domain/person/read-consent.ts';
import { consentView, eraseContactInput, erasureView, mayMessageView } from '#server/domain/person/schema.ts';
import { pageOf } from '#server/domain/paging.ts';

const tag = 'Contacts';
const one = { tag, input: z.object({ id: z.uuid() }) };
const MEGABYTE = 1024 * 1024;

export const contactOperations: Operation[] = [
  operation({ method: 'get', path: '/crm/contacts', tag, summary: 'List and search contacts', input: listContactsInput, output: contactPage, shape: 'page', run: listContacts }),
  operation({ method: 'post', path: '/crm/contacts', tag, status: 201, summary: 'Create a contact', input: createContactInput, output: contactView, run: createContact }),
  operation({
    method: 'post', path: '/crm/contacts/import', tag, summary: 'Import a CSV file', bodyLimit: 60 * MEGABYTE,
    description: 'The text of the file goes in `csv`; columns are mapped by their names or by `mapping`. All rows are checked first; `dryRun` writes nothing. A repeated import changes nothing.',
    input: importContactsInput, output: importResult, run: importContacts,
  }),
  operation({ ...one, method: 'get', path: '/crm/contacts/{id}', summary: 'Read a contact', output: contactView, run: readContact }),
  operation({
    method: 'patch', path: '/crm/contacts/{id}', tag, summary: 'Change a contact', description: '`optedOut: true` records an opt-out. Lifting one needs a new consent in `consentSource`.',
    input: updateContactInput, output: contactView, run: updateContact,
  }),
  operation({ method: 'get', path: '/crm/activity', tag, summary: 'What happened to a contact, newest first', input: listActivitiesInput, output: pageOf(activityView), shape: 'page', run: listActivities }),
  operation({ ...one, method: 'get', path: '/crm/contacts/{id}/may-message', summary: 'May we message this person now?', description: 'Per channel: the verdict of an ordinary broadcast that begins now, with every reason in order.', output: mayMessageView, run: readMayMessage }),
  operation({ ...one, method: 'get', path: '/crm/contacts/{id}/consent', summary: 'What a person agreed to, per channel', output: consentView, run: readConsent }),
  operation({
    method: 'post', path: '/crm/contacts/{id}/erase', tag, summary: 'Erase a person for good', description: 'Counts and costs stay, without number and text; a keyed hash of the number keeps it suppressed. `confirmation`: the last four digits of the number.',
    input: eraseContactInput, output: erasureView, run: eraseContact,
  }),
  operation({ ...one, method: 'delete', path: '/crm/contacts/{id}', summary: 'Delete a contact', status: 204, shape: 'nothing', run: deleteContact }),
];
