import { receiveInbound } from '#server/api/inbound-webhook.ts';

export const POST = receiveInbound;
