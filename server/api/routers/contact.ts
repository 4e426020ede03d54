import * as z from 'zod';
import { memberProcedure, router } from '#server/api/trpc.ts';
import { addNote } from '#server/domain/contact/add-note.ts';
import { createContact } from '#server/domain/contact/create.ts';
import { deleteContact } from '#server/domain/contact/delete.ts';
import { listActivities } from '#server/domain/contact/list-activities.ts';
import { listContacts } from '#server/domain/contact/list.ts';
import { readContact } from '#server/domain/contact/read.ts';
import { addNoteInput, createContactInput, listActivitiesInput, listContactsInput, readTimelineInput, updateContactInput } from '#server/domain/contact/schema.ts';
import { readTimeline } from '#server/domain/contact/timeline.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { addConsent } from '#server/domain/person/add-consent.ts';
import { eraseContact, readErasure } from '#server/domain/person/erase.ts';
import { readMayMessage } from '#server/domain/person/may-message.ts';
import { optOutContact, undoOptOut } from '#server/domain/person/opt-out.ts';
import { readConsent } from '#server/domain/person/read-consent.ts';
import { addConsentInput, eraseContactInput, optOutInput, undoOptOutInput } from '#server/domain/person/schema.ts';

const contactInput = z.object({ id: z.uuid() });

export const contactRouter = router({
  list: memberProcedure.input(listContactsInput).query(({ ctx, input }) => listContacts(ctx, input)),
  read: memberProcedure.input(contactInput).query(({ ctx, input }) => readContact(ctx, input)),
  activities: memberProcedure.input(listActivitiesInput).query(({ ctx, input }) => listActivities(ctx, input)),
  timeline: memberProcedure.input(readTimelineInput).query(({ ctx, input }) => readTimeline(ctx, input)),
  create: memberProcedure.input(createContactInput).mutation(({ ctx, input }) => createContact(ctx, input)),
  update: memberProcedure.input(updateContactInput).mutation(({ ctx, input }) => updateContact(ctx, input)),
  mayMessage: memberProcedure.input(contactInput).query(({ ctx, input }) => readMayMessage(ctx, input)),
  consent: memberProcedure.input(contactInput).query(({ ctx, input }) => readConsent(ctx, input)),
  addNote: memberProcedure.input(addNoteInput).mutation(({ ctx, input }) => addNote(ctx, input)),
  addConsent: memberProcedure.input(addConsentInput).mutation(({ ctx, input }) => addConsent(ctx, input)),
  optOut: memberProcedure.input(optOutInput).mutation(({ ctx, input }) => optOutContact(ctx, input)),
  undoOptOut: memberProcedure.input(undoOptOutInput).mutation(({ ctx, input }) => undoOptOut(ctx, input)),
  readErasure: memberProcedure.input(contactInput).query(({ ctx, input }) => readErasure(ctx, input)),
  erase: memberProcedure.input(eraseContactInput).mutation(({ ctx, input }) => eraseContact(ctx, input)),
  delete: memberProcedure.input(contactInput).mutation(({ ctx, input }) => deleteContact(ctx, input)),
});
