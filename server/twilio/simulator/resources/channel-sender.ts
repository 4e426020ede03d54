import type { ApiRoute } from '#server/twilio/simulator/http.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { notFound } from '#server/twilio/simulator/twilio-error.ts';

/** WhatsApp senders: none yet. */
export const channelSenderRoutes: ApiRoute[] = [
  {
    method: 'GET',
    host: 'messaging.twilio.com',
    path: '/v2/Channels/Senders',
    answer: (request) => ({ status: 200, body: metaEnvelope(request, 'senders', pageOf(request, [], () => ''), (sender) => sender) }),
  },
  {
    method: 'GET',
    host: 'messaging.twilio.com',
    path: '/v2/Channels/Senders/{Sid}',
    answer: (request) => {
      throw notFound(request.path);
    },
  },
];
