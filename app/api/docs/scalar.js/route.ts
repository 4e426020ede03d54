export { docsScript as GET } from '#server/api/rest/docs.ts';
