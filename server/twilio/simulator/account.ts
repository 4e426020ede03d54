import { DEMO_ACCOUNT, type AccountCredentials, type NumberKind } from '#server/twilio/simulator/demo-account.ts';
import type { Account, BrandStatus, CampaignStatus, MessagingService, PhoneNumber, TollfreeStatus } from '#server/twilio/simulator/model.ts';
import { registrationError } from '#server/twilio/simulator/registration.ts';
import { fixedSid, freshSecret } from '#server/twilio/simulator/sid.ts';
import { enrolAccount, type Simulator } from '#server/twilio/simulator/simulator.ts';
import { createWhatsAppSender } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

/** What a new account may ask for; everything is optional. */
export type AccountRequest = {
  friendlyName?: string;
  /** The number of the service's pool; chosen when left out. */
  number?: string;
  /** false: the campaign waits (PENDING) and messages from the number end 30034. */
  registered?: boolean;
  brandScore?: number | null;
  brandType?: string;
  brandStatus?: BrandStatus;
  usecase?: string;
  /** Overrides `registered`; "NONE" makes no campaign at all. */
  campaignStatus?: CampaignStatus | 'NONE';
  /** A further number outside every campaign. */
  unregistered?: boolean | string;
  /** A further toll-free number. */
  tollFree?: boolean | string;
  tollFreeStatus?: TollfreeStatus | 'NONE';
  /** A WhatsApp sender in the service's pool: true for the number of the pool, or a number of its own. */
  whatsApp?: boolean | string;
};

const AREA_CODES = ['202', '206', '212', '303', '305', '312', '404', '415', '503', '512', '602', '617', '702', '713', '816', '919'];

/** Creates the account that every simulator has; see DEMO_ACCOUNT. */
export function createDemoAccount(simulator: Simulator): Account {
  const [registered, unregistered, tollFree] = DEMO_ACCOUNT.numbers.map((number) => number.phoneNumber) as [string, string, string];
  return createAccount(simulator, { friendlyName: 'Demo account', number: registered, unregistered, tollFree, whatsApp: true }, DEMO_ACCOUNT);
}

/** Creates an account with service, brand, campaign and numbers. Throws a plain Error when a number is taken or not a US number. */
export function createAccount(simulator: Simulator, request: AccountRequest, fixed?: AccountCredentials): Account {
  const now = simulator.clock.now();
  const sid = fixed?.accountSid ?? simulator.newSid('AC');
  const service = createService(sid, fixed?.messagingServiceSid ?? simulator.newSid('MG'), request.usecase ?? 'marketing', now);
  const account: Account = {
    sid,
    friendlyName: request.friendlyName ?? 'Simulated account',
    authToken: fixed?.authToken ?? freshSecret(),
    apiKeySid: fixed?.apiKeySid ?? simulator.newSid('SK'),
    apiKeySecret: fixed?.apiKeySecret ?? freshSecret(),
    createdAt: now,
    balance: 1_000_00000,
    services: [service],
    numbers: chooseNumbers(simulator, request).map((one) => createNumber(sid, one.phoneNumber, one.kind === 'registered' ? service.sid : null, now)),
    brands: [],
    campaigns: [],
    tollfreeVerifications: [],
    contents: [],
    usedTemplateNames: [],
    whatsAppSenders: [],
    sinks: [],
    subscriptions: [],
  };
  register(simulator, account, request, fixed);
  if (request.whatsApp) addWhatsAppSender(simulator, account, request.whatsApp);
  enrolAccount(simulator, account);
  return account;
}

/** Gives an account a WhatsApp sender that is online and in the pool of its service. Throws a plain Error when the number is taken or none. */
export function addWhatsAppSender(simulator: Simulator, account: Account, wish: true | string): void {
  const phone = wish === true ? (account.numbers[0]?.phoneNumber ?? '') : wish;
  if (!/^\+\d{7,15}$/.test(phone)) throw new Error(`${phone} is not a number like +14155551234`);
  if (simulator.whatsAppSenders.has(`whatsapp:${phone}`)) throw new Error(`whatsapp:${phone} belongs to an account already`);
  account.whatsAppSenders.push(createWhatsAppSender(account, `whatsapp:${phone}`, account.services[0]?.sid ?? null, simulator.clock.now()));
}

/** A phone number as it is right after being bought. */
export function createNumber(accountSid: string, phoneNumber: string, serviceSid: string | null, now: number): PhoneNumber {
  return {
    sid: fixedSid('PN', phoneNumber),
    accountSid,
    phoneNumber,
    friendlyName: phoneNumber.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3'),
    tollFree: /^\+18(00|33|44|55|66|77|88)/.test(phoneNumber),
    serviceSid,
    addedToServiceAt: now,
    smsUrl: '',
    smsMethod: 'POST',
    statusCallback: '',
    createdAt: now,
    updatedAt: now,
  };
}

/** A messaging service with Twilio's defaults: inbound messages go nowhere until a URL is set. */
export function createService(accountSid: string, sid: string, usecase: string, now: number): MessagingService {
  return {
    sid,
    accountSid,
    friendlyName: 'Broadcasts',
    inboundRequestUrl: null,
    inboundMethod: 'POST',
    fallbackUrl: null,
    statusCallback: null,
    useInboundWebhookOnNumber: false,
    stickySender: true,
    smartEncoding: false,
    validityPeriod: 36_000,
    usecase: usecase.toLowerCase() === 'marketing' ? 'marketing' : 'undeclared',
    createdAt: now,
    updatedAt: now,
  };
}

/** The credentials to hand to whoever asked for the account; same shape as DEMO_ACCOUNT. */
export function credentialsOf(account: Account): AccountCredentials {
  return {
    accountSid: account.sid,
    authToken: account.authToken,
    apiKeySid: account.apiKeySid,
    apiKeySecret: account.apiKeySecret,
    messagingServiceSid: account.services[0]?.sid ?? '',
    brandSid: account.brands[0]?.sid ?? '',
    campaignSid: account.campaigns[0]?.sid ?? null,
    numbers: account.numbers.map((number) => ({ sid: number.sid, phoneNumber: number.phoneNumber, kind: kindOf(account, number) })),
    whatsAppSenders: account.whatsAppSenders.map(({ sid, senderId }) => ({ sid, senderId })),
  };
}

function kindOf(account: Account, number: PhoneNumber): NumberKind {
  if (number.tollFree) return 'toll-free';
  return registrationError(account, number) === null ? 'registered' : 'unregistered';
}

function chooseNumbers(simulator: Simulator, request: AccountRequest): { phoneNumber: string; kind: NumberKind }[] {
  const chosen: { phoneNumber: string; kind: NumberKind }[] = [];
  const choose = (wish: boolean | string | undefined, kind: NumberKind) => {
    if (wish === undefined || wish === false) return;
    const taken = (number: string) => simulator.numbers.has(number) || chosen.some((one) => one.phoneNumber === number);
    if (typeof wish === 'string' && !/^\+1[2-9]\d{9}$/.test(wish)) throw new Error(`${wish} is not a US number like +14155551234`);
    if (typeof wish === 'string' && taken(wish)) throw new Error(`${wish} belongs to an account already`);
    chosen.push({ phoneNumber: typeof wish === 'string' ? wish : freeNumber(kind === 'toll-free' ? ['833', '844', '855'] : AREA_CODES, taken), kind });
  };
  choose(request.number ?? true, 'registered');
  choose(request.unregistered, 'unregistered');
  choose(request.tollFree, 'toll-free');
  return chosen;
}

function freeNumber(areaCodes: string[], taken: (number: string) => boolean): string {
  for (let line = 100; line <= 9_999; line++) {
    for (const areaCode of areaCodes) {
      const number = `+1${areaCode}555${String(line).padStart(4, '0')}`;
      if (!taken(number)) return number;
    }
  }
  throw new Error('no simulated number is left');
}

function register(simulator: Simulator, account: Account, request: AccountRequest, fixed: AccountCredentials | undefined): void {
  const createdAt = account.createdAt;
  const brand = {
    sid: fixed?.brandSid ?? simulator.newSid('BN'),
    brandType: request.brandType ?? 'STANDARD',
    status: request.brandStatus ?? 'APPROVED',
    score: request.brandScore === undefined ? 75 : request.brandScore,
    createdAt,
  };
  account.brands.push(brand);
  const status = request.campaignStatus ?? (request.registered === false ? 'PENDING' : 'VERIFIED');
  const service = account.services[0];
  if (status !== 'NONE' && service) {
    const sid = fixed?.campaignSid ?? simulator.newSid('QE');
    const usecase = request.usecase ?? 'MARKETING';
    account.campaigns.push({ sid, serviceSid: service.sid, brandSid: brand.sid, usecase, status, campaignId: `C${sid.slice(-6).toUpperCase()}`, createdAt });
  }
  const tollFreeStatus = request.tollFreeStatus ?? 'TWILIO_APPROVED';
  for (const number of account.numbers) {
    if (!number.tollFree || tollFreeStatus === 'NONE') continue;
    account.tollfreeVerifications.push({
      sid: fixedSid('HH', number.phoneNumber),
      numberSid: number.sid,
      phoneNumber: number.phoneNumber,
      status: tollFreeStatus,
      createdAt,
    });
  }
}
