import type { TwilioCredentials } from '#server/domain/twilio-account/credentials.ts';
import {
  readAccount, readBalance, readBrand, readNumbers, readService, readServiceNames, readTollFree, readWhatsAppSenders,
  type AccountState, type BrandState, type OwnedNumber, type Reading, type ServiceState, type TollFreeState, type WhatsAppSenderState,
} from '#server/twilio/account.ts';

/** What Twilio answered to each question about a connection. Null: the question could not be asked. */
export type ConnectionState = {
  /** The keys in use, tried on a resource that every kind of key may read. */
  numbers: Reading<OwnedNumber[]>;
  account: Reading<AccountState>;
  balance: Reading<{ amount: string; currency: string }>;
  /** The account read with the auth token, which proves the token. */
  token: Reading<AccountState> | null;
  service: Reading<ServiceState> | null;
  otherServices: { sid: string; name: string }[];
  brands: BrandState[];
  tollFree: Reading<TollFreeState[]>;
  whatsApp: Reading<WhatsAppSenderState[]>;
};

export type SenderState = Pick<ConnectionState, 'numbers' | 'service' | 'brands' | 'tollFree' | 'whatsApp'>;

/** Asks Twilio for the numbers and their registration only. */
export async function readSenderState(keys: TwilioCredentials): Promise<SenderState> {
  const [numbers, service, tollFree, whatsApp] = await Promise.all([readNumbers(keys), keys.messagingServiceSid ? readService(keys, keys.messagingServiceSid) : null, readTollFree(keys), readWhatsAppSenders(keys)]);
  return { numbers, service, tollFree, whatsApp, brands: await readBrands(keys, service) };
}

/** Asks Twilio everything that a connection stands on, at once. Failures are part of the answer. */
export async function readConnection(keys: TwilioCredentials): Promise<ConnectionState> {
  const { accountSid, authToken } = keys;
  const [senders, account, balance, token, names] = await Promise.all([
    readSenderState(keys), readAccount(keys), readBalance(keys), authToken ? readAccount({ accountSid, username: accountSid, password: authToken }) : null, readServiceNames(keys),
  ]);
  return { ...senders, account: account.ok || !token?.ok ? account : token, balance, token, otherServices: names.ok ? names.value : [] };
}

async function readBrands(keys: TwilioCredentials, service: Reading<ServiceState> | null): Promise<BrandState[]> {
  const sids = service?.ok ? [...new Set(service.value.campaigns.map((campaign) => campaign.brandSid))] : [];
  const brands = await Promise.all(sids.map((sid) => readBrand(keys, sid)));
  return brands.flatMap((brand) => (brand.ok ? [brand.value] : []));
}
