export { receiveUpload as POST } from '#server/api/upload.ts';
