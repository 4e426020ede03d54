import { receiveTemplateEvents } from '#server/api/template-webhook.ts';

export const POST = receiveTemplateEvents;
