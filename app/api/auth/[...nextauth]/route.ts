export { answerNextAuth as GET, answerNextAuth as POST } from '#server/api/next-auth.ts';
