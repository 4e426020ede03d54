export { answerTrpc as GET, answerTrpc as POST } from '#server/api/trpc-http.ts';
