import { answerOptOutExport } from '#server/api/export.ts';

export const GET = (request: Request) => answerOptOutExport(request);
