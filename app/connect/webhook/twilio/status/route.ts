import { receiveStatusCallback } from '#server/api/webhook.ts';

export const POST = receiveStatusCallback;
