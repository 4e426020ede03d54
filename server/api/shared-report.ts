import { database } from '#server/database.ts';
import { readSharedReport } from '#server/domain/report-share/read.ts';
import type { SharedReport } from '#server/domain/report-share/schema.ts';

/** The one page without a sign-in that shows figures: what the link's token opens, or null. */
export const sharedReportOf = (token: string): Promise<SharedReport | null> => readSharedReport(database(), token, new Date());
