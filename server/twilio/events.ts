import { reading, type Reading } from '#server/twilio/account.ts';
import { TEMPLATE_EVENT } from '#server/twilio/callbacks.ts';
import type { TwilioClient } from '#server/twilio/client.ts';

/**
 * Lets Twilio push the approvals of templates to this address: one sink and one subscription, however often it is asked for (facts/twilio.md §7.6).
 */
export const pushTemplateEvents = (client: TwilioClient, destination: string): Promise<Reading<null>> =>
  reading(async () => {
    const { sinks, subscriptions } = client.events.v1;
    const description = 'Hailer: approvals of WhatsApp templates';
    const known = (await sinks.list({ limit: 1000 })).find(({ sinkConfiguration }) => (sinkConfiguration as { destination?: unknown } | null)?.destination === destination);
    const sinkSid = known?.sid ?? (await sinks.create({ description, sinkType: 'webhook', sinkConfiguration: { destination, method: 'POST', batch_events: false } })).sid;
    const [subscribed] = await subscriptions.list({ sinkSid, limit: 1 });
    if (!subscribed) await subscriptions.create({ description, sinkSid, types: [{ type: TEMPLATE_EVENT, schema_version: 1 }] });
    return null;
  });
