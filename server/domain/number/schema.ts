import * as z from 'zod';
import { pageInput } from '#server/domain/paging.ts';

const e164 = z.string().trim().transform((text) => text.replace(/[\s().-]/g, '')).pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, 'Enter the number with its country code, like +14155550123.'));
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).optional();
export const numberType = z.enum(['local', 'toll_free', 'mobile']);

export const searchNumbersInput = pageInput.extend({
  country: z.string().trim().toUpperCase().regex(/^[A-Z]{2}$/, 'Two letters, like US.').default('US'),
  type: numberType.default('local'),
  areaCode: z.string().trim().regex(/^(\d{1,5})?$/, 'Digits only, like 415.').transform((text) => text || undefined).optional(),
  /** Digits, letters of the keypad, * for any digit. */
  contains: z.string().trim().regex(/^([0-9A-Za-z*]{2,16})?$/, '2 to 16 digits or letters; * stands for any digit.').transform((text) => text || undefined).optional(),
  mms: flag, voice: flag,
});
export type SearchNumbersInput = z.input<typeof searchNumbersInput>;

export const numberForSaleView = z.object({
  phoneNumber: z.string(), country: z.string(), type: numberType, place: z.string().nullable(), sms: z.boolean(), mms: z.boolean(), voice: z.boolean(),
  addressRequired: z.enum(['none', 'any', 'local', 'foreign']),
  /** A month, as Twilio says for this account; null: it does not say. Buying confirms exactly this. */
  price: z.string().nullable(), currency: z.string().nullable(),
});
export type NumberForSaleView = z.infer<typeof numberForSaleView>;

/** `price`: the monthly price that was shown; another one refuses the purchase. */
export const buyNumberInput = z.object({ phoneNumber: e164, price: z.string().regex(/^\d{1,6}(\.\d{1,6})?$/, 'The monthly price that was shown, like 1.15.'), currency: z.string().trim().toUpperCase().regex(/^[A-Z]{3}$/) });
export type BuyNumberInput = z.input<typeof buyNumberInput>;

export const importNumberInput = z.object({ phoneNumber: e164 });
export type ImportNumberInput = z.input<typeof importNumberInput>;

export const senderInput = z.object({ id: z.uuid() });
export type SenderInput = z.input<typeof senderInput>;

/** What giving a number back means, in figures. */
export const releaseView = z.object({
  address: z.string(), isSystem: z.boolean(),
  /** Broadcasts that would fail without it: sending, paused or scheduled. They must end first. */
  busyBroadcasts: z.number().int(), drafts: z.number().int(), openConversations: z.number().int(), people: z.number().int(),
});
export type ReleaseView = z.infer<typeof releaseView>;
export const releaseInput = z.object({ id: z.uuid(), confirmation: z.string().trim().regex(/^\d{4}$/, 'Type the last four digits.') });
export type ReleaseInput = z.input<typeof releaseInput>;
