import { createCallbackSender, type CallbackSender } from '#server/twilio/simulator/callback.ts';
import { createClock, type Clock } from '#server/twilio/simulator/clock.ts';
import { createConfig, type Config } from '#server/twilio/simulator/config.ts';
import { createJournal, type Journal } from '#server/twilio/simulator/journal.ts';
import { createMessageStore, type MessageStore } from '#server/twilio/simulator/message-store.ts';
import type { Account, PhoneNumber } from '#server/twilio/simulator/model.ts';
import type { WhatsAppSender } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';
import { createSidSource } from '#server/twilio/simulator/sid.ts';

/** Everything one running simulator knows. */
export type Simulator = {
  /** What it was started with; a reset of the configuration goes back there. */
  options: { speed?: number | undefined; seed?: number | undefined };
  config: Config;
  clock: Clock;
  newSid: (prefix: string) => string;
  accounts: Map<string, Account>;
  /** Basic-auth user (AC… or SK…) → secret and account. */
  credentials: Map<string, { secret: string; account: Account }>;
  numbers: Map<string, PhoneNumber>;
  /** By address, `whatsapp:+…`. */
  whatsAppSenders: Map<string, WhatsAppSender>;
  /** `sender|person`, both `whatsapp:+…` → when the person last wrote (epoch ms). */
  windows: Map<string, number>;
  /** Account → people whom it wrote to first, with the moment, oldest first; see tier.ts. */
  reached: Map<string, Map<string, number>>;
  /** `sender|person` → when the last WhatsApp message went there. */
  pairs: Map<string, number>;
  messages: MessageStore;
  journal: Journal;
  /** `scope|recipient`, where scope is a service sid or a sender number. */
  optOuts: Set<string>;
  /** `serviceSid|recipient` → number: a recipient keeps hearing from the same sender. */
  stickySenders: Map<string, string>;
  /** Campaign or sender → simulator time at which its queue is empty again. */
  pace: Map<string, number>;
  /** Counters behind faults that depend on how often something was tried. */
  attempts: Map<string, number>;
  /** Requests being answered per account, for the concurrency limit. */
  inFlight: Map<string, number>;
  callbacks: CallbackSender;
  /** Grows with every change; the snapshot writer and the pages look at it. */
  revision: number;
};

/** A simulator without accounts. `speed` divides every random delay; `seed` decides every outcome. */
export function createSimulator(options: { speed?: number | undefined; seed?: number | undefined }): Simulator {
  const config = createConfig(options);
  const clock = createClock();
  return {
    options,
    config,
    clock,
    newSid: createSidSource(),
    accounts: new Map(),
    credentials: new Map(),
    numbers: new Map(),
    whatsAppSenders: new Map(),
    windows: new Map(),
    reached: new Map(),
    pairs: new Map(),
    messages: createMessageStore(),
    journal: createJournal(),
    optOuts: new Set(),
    stickySenders: new Map(),
    pace: new Map(),
    attempts: new Map(),
    inFlight: new Map(),
    callbacks: createCallbackSender(clock, config),
    revision: 0,
  };
}

/** Makes an account (also one read from a snapshot) known by its credentials and numbers. */
export function enrolAccount(simulator: Simulator, account: Account): void {
  simulator.accounts.set(account.sid, account);
  simulator.credentials.set(account.sid, { secret: account.authToken, account });
  simulator.credentials.set(account.apiKeySid, { secret: account.apiKeySecret, account });
  for (const number of account.numbers) simulator.numbers.set(number.phoneNumber, number);
  for (const sender of account.whatsAppSenders) simulator.whatsAppSenders.set(sender.senderId, sender);
  simulator.revision++;
}

/** Forgets messages, opt-outs, templates, windows, tiers, journal and pace; `accounts: true` also forgets all accounts. */
export function forget(simulator: Simulator, what: { accounts: boolean }): void {
  simulator.clock.clear();
  simulator.callbacks.clear();
  simulator.messages.clear();
  simulator.journal.clear();
  const { optOuts, stickySenders, pace, attempts, windows, reached, pairs } = simulator;
  for (const memory of [optOuts, stickySenders, pace, attempts, windows, reached, pairs]) memory.clear();
  // Their reviews wait in the clock that was just emptied, so templates go with the messages.
  for (const account of simulator.accounts.values()) Object.assign(account, { contents: [], usedTemplateNames: [] });
  if (what.accounts) for (const memory of [simulator.accounts, simulator.credentials, simulator.numbers, simulator.whatsAppSenders]) memory.clear();
  simulator.revision++;
}
