import { randomUUID } from 'node:crypto';
import type { Content } from '#server/twilio/simulator/content/content.ts';
import { iso } from '#server/twilio/simulator/http.ts';
import type { Account } from '#server/twilio/simulator/model.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

export const APPROVAL_EVENT = 'com.twilio.messaging.template.approval.updated';

/**
 * Posts a change of a template to every sink that subscribed to it, as a list of one CloudEvent.
 * https://www.twilio.com/docs/whatsapp/api/events; nobody waits for the answers.
 */
export function reportApproval(
  simulator: Simulator,
  account: Account,
  content: Content,
  change: { kind: 'status_update' | 'category_update'; before: string; after: string },
): void {
  const event = cloudEvent(simulator, account, content, change);
  for (const destination of destinationsOf(account)) {
    void simulator.callbacks.send({ url: destination, authToken: account.authToken, json: JSON.stringify([event]), status: 'event', record: () => {} });
  }
}

function destinationsOf(account: Account): string[] {
  const sinks = account.subscriptions.filter((one) => one.types.some(({ type }) => type === APPROVAL_EVENT)).map((one) => one.sinkSid);
  const urls = account.sinks.filter((sink) => sinks.includes(sink.sid) && sink.sinkType === 'webhook').map((sink) => String(sink.configuration.destination));
  return [...new Set(urls)];
}

function cloudEvent(simulator: Simulator, account: Account, content: Content, change: { kind: string; before: string; after: string }) {
  const time = iso(simulator.clock.now());
  return {
    specversion: '1.0',
    type: APPROVAL_EVENT,
    source: `/v1/Content/${content.sid}/ApprovalRequests`,
    id: randomUUID(),
    dataschema: 'https://events-schemas.twilio.com/Messaging.TemplateApprovalUpdated/1',
    datacontenttype: 'application/json',
    time,
    data: {
      type: change.kind,
      accountSid: account.sid,
      dateUpdated: time,
      channel: 'whatsapp',
      template: {
        sid: content.sid,
        friendlyName: content.friendlyName,
        externalTemplateName: content.approval?.name ?? null,
        language: content.language,
        previousValue: change.before,
        currentValue: change.after,
      },
    },
  };
}
