/** Shares of ordinary recipients that end otherwise than delivered: Twilio error code → probability, 63… for WhatsApp. The rest is delivered. */
export type ResultMix = Record<string, number>;

/** Probabilities (0..1) of trouble on purpose. */
export type Faults = {
  resetAfterAccept: number;
  http500AfterAccept: number;
  http429: number;
  loseCallback: number;
  duplicateCallback: number;
  reorderCallback: number;
  duplicateInbound: number;
  delayInbound: number;
};

/** What Twilio answers to keywords by itself; null switches that answer off (the webhook is still called). */
export type AutoReplies = { STOP: string | null; START: string | null; HELP: string | null };

/** Everything that can be set per account, else for all. */
export type AccountConfig = {
  resultMix: ResultMix;
  faults: Faults;
  latencyMs: number;
  priceDelaySeconds: number;
  scheduleMinimumSeconds: number;
  maxConcurrentRequests: number;
  /** Seconds of sending that a sender's queue holds before it overflows. */
  queueSeconds: number;
  /** Initial status when a service and a From are both given. */
  statusWithServiceAndFrom: 'accepted' | 'queued';
  /** WhatsApp: share of people who read what they get. */
  readShare: number;
  /** WhatsApp: seconds between two messages to the same person; 0 switches Meta's pair rate off. */
  pairSeconds: number;
  autoReplies: AutoReplies;
};

export type GlobalConfig = AccountConfig & { speed: number; seed: number; sink: boolean };

export type Config = { all: GlobalConfig; byAccount: Map<string, PartialAccountConfig> };

export type PartialAccountConfig = { [K in keyof AccountConfig]?: AccountConfig[K] extends object ? Partial<AccountConfig[K]> : AccountConfig[K] };

/** Twilio's texts: the STOP and HELP ones are the defaults in the Usa2p resource. */
const DEFAULT_REPLIES: AutoReplies = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

const NO_FAULTS: Faults = { resetAfterAccept: 0, http500AfterAccept: 0, http429: 0, loseCallback: 0, duplicateCallback: 0, reorderCallback: 0, duplicateInbound: 0, delayInbound: 0 };

/** Defaults: 97 % delivered, prices after 20 s, real speed, no faults. */
export function createConfig(options: { speed?: number | undefined; seed?: number | undefined }): Config {
  const all: GlobalConfig = {
    speed: options.speed ?? 1,
    seed: options.seed ?? 1,
    sink: false,
    resultMix: { 30003: 0.01, 30005: 0.01, 30007: 0.005, 30008: 0.005, 63024: 0.02 },
    faults: { ...NO_FAULTS },
    latencyMs: 0,
    priceDelaySeconds: 20,
    scheduleMinimumSeconds: 300,
    maxConcurrentRequests: 500,
    queueSeconds: 36_000,
    statusWithServiceAndFrom: 'accepted',
    readShare: 0.6,
    pairSeconds: 6,
    autoReplies: { ...DEFAULT_REPLIES },
  };
  return { all, byAccount: new Map() };
}

/** The settings that hold for one account: its own over those for all. `resultMix` of an account replaces, the others merge. */
export function configOf(config: Config, accountSid: string): AccountConfig {
  const own = config.byAccount.get(accountSid);
  if (!own) return config.all;
  return {
    ...config.all,
    ...own,
    resultMix: { ...(own.resultMix ?? config.all.resultMix) } as ResultMix,
    faults: { ...config.all.faults, ...own.faults },
    autoReplies: { ...config.all.autoReplies, ...own.autoReplies },
  };
}

/** Merges a control request into the configuration; throws a plain Error that names the first wrong field. */
export function changeConfig(config: Config, change: Record<string, unknown>, accountSid: string | null): void {
  const checked = checkChange(change, accountSid !== null);
  if (accountSid === null) {
    config.all = {
      ...config.all,
      ...checked,
      resultMix: (checked.resultMix ?? config.all.resultMix) as ResultMix,
      faults: { ...config.all.faults, ...checked.faults },
      autoReplies: { ...config.all.autoReplies, ...checked.autoReplies },
    };
    return;
  }
  const own = config.byAccount.get(accountSid) ?? {};
  config.byAccount.set(accountSid, {
    ...own,
    ...checked,
    ...(checked.faults || own.faults ? { faults: { ...own.faults, ...checked.faults } } : {}),
    ...(checked.autoReplies || own.autoReplies ? { autoReplies: { ...own.autoReplies, ...checked.autoReplies } } : {}),
  });
}

type Change = PartialAccountConfig & { speed?: number; seed?: number; sink?: boolean };

const NUMBERS: Record<string, { low: number; globalOnly?: true }> = {
  speed: { low: 0.001, globalOnly: true },
  seed: { low: -Infinity, globalOnly: true },
  latencyMs: { low: 0 },
  priceDelaySeconds: { low: 0 },
  scheduleMinimumSeconds: { low: 0 },
  maxConcurrentRequests: { low: 1 },
  queueSeconds: { low: 0 },
  readShare: { low: 0 },
  pairSeconds: { low: 0 },
};

function checkChange(change: Record<string, unknown>, scoped: boolean): Change {
  for (const [name, value] of Object.entries(change)) checkField(name, value, scoped);
  // Every field was checked above, name by name and value by value.
  return change as Change;
}

function checkField(name: string, value: unknown, scoped: boolean): void {
  const number = NUMBERS[name];
  if (number) {
    if (typeof value !== 'number' || !(value >= number.low)) throw new Error(`${name} must be a number of at least ${number.low}`);
    if (scoped && number.globalOnly) throw new Error(`${name} holds for all accounts: leave accountSid out`);
    return;
  }
  if (name === 'sink') {
    if (typeof value !== 'boolean' || scoped) throw new Error('sink is true or false, for all accounts');
    return;
  }
  if (name === 'statusWithServiceAndFrom') {
    if (value !== 'accepted' && value !== 'queued') throw new Error(`${name} is "accepted" or "queued"`);
    return;
  }
  if (name === 'faults' || name === 'resultMix') return checkShares(name, value);
  if (name === 'autoReplies') return checkReplies(value);
  throw new Error(`unknown setting ${name}`);
}

function checkShares(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) throw new Error(`${name} must be an object`);
  for (const [key, share] of Object.entries(value)) {
    const known = name === 'faults' ? key in NO_FAULTS : /^\d{5}$/.test(key);
    if (!known) throw new Error(`${name}.${key} is unknown`);
    if (typeof share !== 'number' || share < 0 || share > 1) throw new Error(`${name}.${key} must be between 0 and 1`);
  }
}

function checkReplies(value: unknown): void {
  if (typeof value !== 'object' || value === null) throw new Error('autoReplies must be an object');
  for (const [key, text] of Object.entries(value)) {
    if (!(key in DEFAULT_REPLIES)) throw new Error(`autoReplies.${key} is unknown`);
    if (text !== null && typeof text !== 'string') throw new Error(`autoReplies.${key} must be text or null`);
  }
}
