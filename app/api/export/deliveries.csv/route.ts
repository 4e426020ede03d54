import { answerExport } from '#server/api/export.ts';

export const GET = (request: Request) => answerExport(request, 'csv');
