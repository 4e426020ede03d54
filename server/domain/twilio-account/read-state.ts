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

/** Asks Twilio everything that a connection stands on, at once. Failures are part of the answer. */
export async function readConnection(keys: TwilioCredentials): Promise<ConnectionState> {
  const { accountSid, authToken, messagingServiceSid } = keys;
  const [numbers, account, balance, token, service, names, tollFree, whatsApp] = await Promise.all([
    readNumbers(keys), readAccount(keys), readBalance(keys),
    authToken ? readAccount({ accountSid, username: accountSid, password: authToken }) : null,
    messagingServiceSid ? readService(keys, messagingServiceSid) : null,
    readServiceNames(keys), readTollFree(keys), readWhatsAppSenders(keys),
  ]);
  const brandSids = service?.ok ? [...new Set(service.value.campaigns.map((campaign) => campaign.brandSid))] : [];
  const brands = await Promise.all(brandSids.map((sid) => readBrand(keys, sid)));
  return {
    numbers, account: account.ok || !token?.ok ? account : token, balance, token, service, tollFree, whatsApp,
    otherServices: names.ok ? names.value : [],
    brands: brands.flatMap((brand) => (brand.ok ? [brand.value] : [])),
  };
}
