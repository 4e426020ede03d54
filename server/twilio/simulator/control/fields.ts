import type { AccountRequest } from '#server/twilio/simulator/account.ts';
import type { BrandStatus, CampaignStatus, MessageStatus, TollfreeStatus } from '#server/twilio/simulator/model.ts';

/** A JSON object whose fields nobody has looked at yet. */
export type Fields = Record<string, unknown>;

const MESSAGE_STATUSES: MessageStatus[] = ['queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'read', 'canceled'];
const CAMPAIGN_STATUSES: CampaignStatus[] = ['PENDING', 'IN_PROGRESS', 'VERIFIED', 'FAILED'];
const BRAND_STATUSES: BrandStatus[] = ['PENDING', 'APPROVED', 'FAILED', 'IN_REVIEW', 'SUSPENDED'];
const TOLLFREE_STATUSES: TollfreeStatus[] = ['PENDING_REVIEW', 'IN_REVIEW', 'TWILIO_APPROVED', 'TWILIO_REJECTED'];

/** A required text; a plain Error names the field when it is missing. */
export function readText(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new Error(`${name} is required`);
  return value;
}

/** The status to force a message to. */
export function readMessageStatus(fields: Fields): MessageStatus {
  const status = readOneOf(fields, 'status', MESSAGE_STATUSES);
  if (!status) throw new Error('status is required');
  return status;
}

/** The registration states of a control request; what is left out is undefined. */
export function readRegistration(fields: Fields) {
  return {
    campaignStatus: readOneOf(fields, 'campaignStatus', CAMPAIGN_STATUSES),
    brandStatus: readOneOf(fields, 'brandStatus', BRAND_STATUSES),
    brandScore: readScore(fields),
    usecase: readOptionalText(fields, 'usecase'),
    tollFreeStatus: readOneOf(fields, 'tollFreeStatus', TOLLFREE_STATUSES),
  };
}

/** What a new account should look like; see AccountRequest. */
export function readAccountRequest(fields: Fields): AccountRequest {
  const request: AccountRequest = {};
  const { brandStatus, brandScore, usecase } = readRegistration({ ...fields, campaignStatus: undefined, tollFreeStatus: undefined });
  const campaignStatus = readOneOf(fields, 'campaignStatus', [...CAMPAIGN_STATUSES, 'NONE' as const]);
  const tollFreeStatus = readOneOf(fields, 'tollFreeStatus', [...TOLLFREE_STATUSES, 'NONE' as const]);
  const texts = { friendlyName: readOptionalText(fields, 'friendlyName'), number: readOptionalText(fields, 'number'), brandType: readOptionalText(fields, 'brandType') };
  const wishes = { unregistered: readWish(fields, 'unregistered'), tollFree: readWish(fields, 'tollFree'), whatsApp: readWish(fields, 'whatsApp') };
  const known = { ...texts, ...wishes, brandStatus, brandScore, usecase, campaignStatus, tollFreeStatus, registered: readFlag(fields, 'registered') };
  return Object.assign(request, Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)));
}

/** One of `words`, or undefined when the field is left out; else an Error that lists them. */
export function readOneOf<T extends string>(fields: Fields, name: string, words: T[]): T | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  const word = words.find((one) => one === value);
  if (!word) throw new Error(`${name} must be one of ${words.join(', ')}`);
  return word;
}

/** A text, or undefined when the field is left out. */
export function readOptionalText(fields: Fields, name: string): string | undefined {
  return fields[name] === undefined ? undefined : readText(fields, name);
}

function readScore(fields: Fields): number | null | undefined {
  const value = fields.brandScore;
  if (value === undefined || value === null) return value;
  if (typeof value !== 'number' || value < 0 || value > 100) throw new Error('brandScore must be between 0 and 100, or null');
  return value;
}

function readFlag(fields: Fields, name: string): boolean | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw new Error(`${name} must be true or false`);
}

/** true: choose a number; a text: this number. */
function readWish(fields: Fields, name: string): boolean | string | undefined {
  return typeof fields[name] === 'string' ? readText(fields, name) : readFlag(fields, name);
}
