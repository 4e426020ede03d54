import type { Content } from '#server/twilio/simulator/content/content.ts';
import type { SentTemplate } from '#server/twilio/simulator/content/render.ts';
import type { EventSink, EventSubscription } from '#server/twilio/simulator/events/event-stream.ts';
import type { WhatsAppSender } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

/** The simulator's own records. Plain data, so that a snapshot is one JSON.stringify. Times are epoch ms of the simulator's clock. */

export type MessageStatus =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'read'
  | 'canceled'
  | 'received';

export type Direction = 'inbound' | 'outbound-api' | 'outbound-reply';

/** A future event of a message: a status it will take, or the moment its price is known. */
export type Step =
  | { kind: 'status'; at: number; status: MessageStatus; errorCode: number | null; silent?: boolean }
  | { kind: 'price'; at: number };

/** One attempt to deliver a status callback or an inbound webhook, with the answer that came back. */
export type CallbackRecord = {
  status: string;
  attempt: number;
  at: number;
  url: string;
  token: string;
  httpStatus: number | null;
  error: string | null;
  durationMs: number;
  fault: 'lost' | 'duplicate' | 'reordered' | null;
};

/** A file that a person sent; `data` is base64, null: a sample of its kind. */
export type StoredMedia = { sid: string; contentType: string; data: string | null };

export type Message = {
  sid: string;
  seq: number;
  accountSid: string;
  serviceSid: string | null;
  to: string;
  /** What the API shows: null until a service has chosen. */
  from: string | null;
  /** The number that really sends, known from the start. */
  sender: string | null;
  body: string;
  /** The truth, whether Twilio shows it already or not. */
  segments: number;
  /** What the API answers: 0 until a service has chosen a sender. */
  shownSegments: number;
  mediaUrls: string[];
  /** The files of what a person sent. */
  media?: StoredMedia[];
  /** What the webhook was told of it, for telling it again. */
  inboundForm?: Record<string, string>;
  /** The template that it was sent by, as this person sees it. */
  template: SentTemplate | null;
  /** WhatsApp: whether the person's 24-hour window was open. */
  isInWindow: boolean;
  direction: Direction;
  status: MessageStatus;
  errorCode: number | null;
  price: string | null;
  priceUnit: string | null;
  createdAt: number;
  updatedAt: number;
  sentAt: number | null;
  sendAt: number | null;
  validitySeconds: number;
  statusCallback: string | null;
  /** How many messages this account sent to this recipient before: with the seed it decides the outcome. */
  ordinal: number;
  free: boolean;
  steps: Step[];
  callbacks: CallbackRecord[];
};

export type CampaignStatus = 'PENDING' | 'IN_PROGRESS' | 'VERIFIED' | 'FAILED';
export type BrandStatus = 'PENDING' | 'APPROVED' | 'FAILED' | 'IN_REVIEW' | 'SUSPENDED';
export type TollfreeStatus = 'PENDING_REVIEW' | 'IN_REVIEW' | 'TWILIO_APPROVED' | 'TWILIO_REJECTED';

export type Brand = { sid: string; brandType: string; status: BrandStatus; score: number | null; createdAt: number };

export type Campaign = {
  sid: string;
  serviceSid: string;
  brandSid: string;
  usecase: string;
  status: CampaignStatus;
  campaignId: string;
  createdAt: number;
};

export type TollfreeVerification = { sid: string; numberSid: string; phoneNumber: string; status: TollfreeStatus; createdAt: number };

export type PhoneNumber = {
  sid: string;
  accountSid: string;
  phoneNumber: string;
  friendlyName: string;
  tollFree: boolean;
  serviceSid: string | null;
  addedToServiceAt: number;
  smsUrl: string;
  smsMethod: string;
  statusCallback: string;
  createdAt: number;
  updatedAt: number;
};

export type MessagingService = {
  sid: string;
  accountSid: string;
  friendlyName: string;
  inboundRequestUrl: string | null;
  inboundMethod: string;
  fallbackUrl: string | null;
  statusCallback: string | null;
  useInboundWebhookOnNumber: boolean;
  stickySender: boolean;
  smartEncoding: boolean;
  validityPeriod: number;
  usecase: string;
  createdAt: number;
  updatedAt: number;
};

export type Account = {
  sid: string;
  friendlyName: string;
  authToken: string;
  apiKeySid: string;
  apiKeySecret: string;
  createdAt: number;
  /** In 1e-5 of the currency, so that sums are exact. */
  balance: number;
  services: MessagingService[];
  numbers: PhoneNumber[];
  brands: Brand[];
  campaigns: Campaign[];
  tollfreeVerifications: TollfreeVerification[];
  /** Newest first. */
  contents: Content[];
  /** `name|language` of every template that was ever submitted: Meta keeps names. */
  usedTemplateNames: string[];
  whatsAppSenders: WhatsAppSender[];
  sinks: EventSink[];
  subscriptions: EventSubscription[];
};
