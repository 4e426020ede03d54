import type { Task } from '#jobs/task.ts';
import { createContext } from '#server/context.ts';
import { workOnUpload } from '#server/domain/contact-import/work.ts';

export const importContactsTask: Task<'import-contacts'> = async ({ db, signal }, { organizationId, uploadId }) => {
  await workOnUpload(createContext(db, organizationId, { kind: 'system', task: 'import-contacts' }), { uploadId, signal });
};
