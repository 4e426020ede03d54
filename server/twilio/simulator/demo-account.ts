import { fixedSid, hexOf } from '#server/twilio/simulator/sid.ts';

export type NumberKind = 'registered' | 'unregistered' | 'toll-free';

/** What one needs to connect an organisation to a simulated account; every value has the shape of a real one. */
export type AccountCredentials = {
  accountSid: string;
  authToken: string;
  apiKeySid: string;
  apiKeySecret: string;
  messagingServiceSid: string;
  brandSid: string;
  campaignSid: string | null;
  numbers: { sid: string; phoneNumber: string; kind: NumberKind }[];
  whatsAppSenders: { sid: string; senderId: string }[];
};

/**
 * The account that exists in every simulator, the same in every run. `+14155551234` is in the service and its campaign is verified
 * (brand score 75: 225 segments/s), `+14155555678` belongs to no campaign (30034), `+18335550199` is a verified toll-free number,
 * `whatsapp:+14155551234` is a WhatsApp sender of the service.
 */
export const DEMO_ACCOUNT: AccountCredentials = {
  accountSid: fixedSid('AC', 'demo'),
  authToken: hexOf('demo auth token'),
  apiKeySid: fixedSid('SK', 'demo'),
  apiKeySecret: hexOf('demo api key secret'),
  messagingServiceSid: fixedSid('MG', 'demo'),
  brandSid: fixedSid('BN', 'demo'),
  campaignSid: fixedSid('QE', 'demo'),
  numbers: [
    { sid: fixedSid('PN', '+14155551234'), phoneNumber: '+14155551234', kind: 'registered' },
    { sid: fixedSid('PN', '+14155555678'), phoneNumber: '+14155555678', kind: 'unregistered' },
    { sid: fixedSid('PN', '+18335550199'), phoneNumber: '+18335550199', kind: 'toll-free' },
  ],
  whatsAppSenders: [{ sid: fixedSid('XE', 'whatsapp:+14155551234'), senderId: 'whatsapp:+14155551234' }],
};
