import { clockOf, twilioClient, type TwilioCredentials } from '#server/twilio/client.ts';
import { reading, type Reading } from '#server/twilio/account.ts';

/** Whether templates can be read: the Content API answers on a host of its own. */
export const readContents = (keys: TwilioCredentials): Promise<Reading<null>> =>
  reading(async () => { await twilioClient(keys).content.v1.contents.list({ limit: 1, pageSize: 1 }); return null; });

/** How many seconds this server's clock is ahead of Twilio's, by the Date header (RFC 9110 §6.6.1, whole seconds) of an answer that needs no keys. */
export const readClockSkew = (): Promise<Reading<number>> =>
  reading(async () => {
    const asked = Date.now();
    const theirs = await clockOf('https://api.twilio.com/2010-04-01');
    return Math.round(((asked + Date.now()) / 2 - theirs) / 1000);
  });

/** Has a messaging service hand what people write to this address, whatever its numbers say for themselves. */
export const setServiceInbound = (keys: TwilioCredentials, serviceSid: string, url: string): Promise<Reading<null>> =>
  reading(async () => { await twilioClient(keys).messaging.v1.services(serviceSid).update({ inboundRequestUrl: url, inboundMethod: 'POST', useInboundWebhookOnNumber: false }); return null; });
