import type { Account } from '#server/twilio/simulator/model.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

/** The end of an account that a person writes to: a number, or a WhatsApp sender. */
export type Receiver = {
  account: Account;
  /** As it stands in messages: `+1415…` or `whatsapp:+1415…`. */
  address: string;
  serviceSid: string | null;
  tollFree: boolean;
  /** Where its messages are delivered; null: nowhere. */
  webhookUrl: string | null;
};

/** Who owns this address; null when nobody does. */
export function receiverOf(simulator: Simulator, address: string): Receiver | null {
  const number = simulator.numbers.get(address);
  const sender = simulator.whatsAppSenders.get(address);
  const account = simulator.accounts.get((number ?? sender)?.accountSid ?? '');
  if (!account) return null;
  const service = account.services.find((one) => one.sid === (number ?? sender)?.serviceSid);
  if (sender) {
    const webhookUrl = sender.webhook.callback_url || (service?.inboundRequestUrl ?? null);
    return { account, address, serviceSid: sender.serviceSid, tollFree: false, webhookUrl };
  }
  if (!number) return null;
  // The service's URL wins over the number's, unless the service says to use the number's.
  const webhookUrl = service && !service.useInboundWebhookOnNumber ? service.inboundRequestUrl : number.smsUrl || null;
  return { account, address, serviceSid: number.serviceSid, tollFree: number.tollFree, webhookUrl };
}
