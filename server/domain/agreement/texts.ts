import { notFound } from '#server/errors.ts';

export type AgreementText = { service: string; version: string; title: string; summary: string[]; text: string };

/** SMS and WhatsApp are one service (D1). A new version is a new text: it asks again before the next send, never in the middle of one. */
const bulkSms: AgreementText = {
  service: 'bulk-sms',
  version: '2026-11-22',
  title: 'Before your first SMS: who is responsible for what',
  summary: [
    'You write only to people who agreed to hear from you on this channel, and you can show when and how each of them agreed.',
    'Whoever texts STOP hears nothing more from you; the software keeps track of it, and you do not work around it.',
    'Twilio charges your own Twilio account for every message, including carrier fees and messages that fail after Twilio has taken them.',
    'You send nothing that the law, the carriers, Meta or Twilio forbid: no deception, no hate, no illegal goods, no gambling or loans where they are not allowed.',
  ],
  text: `1. What this covers
This agreement is between your organisation and whoever runs this installation. It covers broadcasts by SMS and by WhatsApp. You accept it once for the whole organisation; when the text changes, you are asked again before the next send.

2. Consent
You send messages only to people who gave you prior consent for the kind of message that you send, on the channel on which you send it. Consent for order updates is not consent for promotions. You keep a record of who agreed, when, where and to which words, and you show it to a carrier, to Twilio or to an authority that asks. Bought, rented, scraped or shared lists are not consent.

3. Opting out
Every person can end your messages at any time by replying STOP or in any other reasonable way. Twilio answers STOP and blocks further messages; this software marks the contact as opted out and leaves it out of every broadcast. You do not remove the mark without a new consent of that person, and you do not reach that person through another number. If people tell you by phone, e-mail or in person that they want no more messages, you record it here without delay. You name your organisation in your messages and answer HELP.

4. Registration
Carriers in the United States deliver messages from local numbers only for a registered brand and campaign (A2P 10DLC), and from toll-free numbers only after verification. WhatsApp delivers templates only after Meta has approved them. You send what you registered: the content of your broadcasts matches the use case, the samples and the description of your registration. There is no way around an approval that is missing.

5. Who pays
Messages are sent through your own Twilio account and Twilio bills you directly: a price per segment or per message, carrier fees, number rental, registration fees. Costs shown before a send are estimates; the ledger shows what Twilio has charged. A message that a carrier does not deliver may still be charged. You decide on budgets and on who in your organisation may send.

6. What you do not send
No phishing, fraud, impersonation or hidden sender. No threats, harassment or hate. No sexual content to people who did not ask for it, and none to minors. No illegal goods or services. No content that carriers do not carry, such as certain loans, debt relief, gambling, cannabis or lead generation, unless the carrier has approved it in writing. No public link shorteners that hide the target. Twilio's Acceptable Use Policy and Messaging Policy, the carriers' rules and Meta's WhatsApp Business policies apply as they stand on the day of the send.

7. Times and places
You keep to the quiet hours and to the other rules that hold where your recipients live, such as the TCPA in the United States, CASL in Canada and the GDPR and ePrivacy rules in Europe.

8. Your accounts
You keep the keys of your Twilio account and the passwords of your members safe and end the access of people who leave. What is sent in the name of your organisation counts as sent by it.

9. What the software does and does not do
The software paces messages under the limits of your registration, sends each person of a broadcast at most one message, and records what Twilio reports. It does not promise that a carrier delivers a message, and it does not check whether you have consent. It is provided as it is.

10. Ending
Sending may be stopped when this agreement is broken or when a carrier, Twilio or Meta demands it. Records of consent, opt-outs, deliveries and charges are kept as long as the law asks for them.`,
};

const texts: Record<string, AgreementText> = { [bulkSms.service]: bulkSms };

/** The service that all broadcasts need, whatever their channel. */
export const BROADCAST_SERVICE = bulkSms.service;

/** The present text of a service's agreement. @throws Problem not_found for a service that does not exist. */
export function agreementText(service: string): AgreementText {
  const text = Object.hasOwn(texts, service) ? texts[service] : undefined;
  if (!text) throw notFound('service');
  return text;
}

/** Path of the REST door that accepts it (P29). */
export const acceptUrl = (service: string) => `/org-management/services/${service}/agreement/accept`;
