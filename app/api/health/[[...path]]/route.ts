import { handle } from '#server/api/rest/app.ts';

export { handle as GET };
