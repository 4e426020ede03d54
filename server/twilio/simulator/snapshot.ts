import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { addWhatsAppSender } from '#server/twilio/simulator/account.ts';
import { armApproval } from '#server/twilio/simulator/content/approval.ts';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { armNextStep, armSchedule } from '#server/twilio/simulator/engine.ts';
import type { Account, Message } from '#server/twilio/simulator/model.ts';
import { armWhatsAppSender } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';
import { enrolAccount, type Simulator } from '#server/twilio/simulator/simulator.ts';

/** Older messages are left out of the snapshot: it is rewritten whole every few seconds. */
const NEWEST_KEPT = 20_000;

type Snapshot = { version: 1; accounts: Account[]; messages: Message[]; optOuts: string[]; stickySenders: [string, string][]; windows?: [string, number][]; reached?: [string, [string, number][]][] };

/** Reads accounts and messages back; messages that were on their way go on. False when there is no usable file. */
export function readSnapshot(simulator: Simulator, file: string): boolean {
  if (!existsSync(file)) return false;
  const snapshot = parseSnapshot(readFileSync(file, 'utf8'));
  if (!snapshot) return false;
  for (const account of snapshot.accounts) {
    const isOlder = !Object.hasOwn(account, 'whatsAppSenders');
    Object.assign(account, { ...withoutWhatsApp(), ...account });
    if (isOlder && account.sid === DEMO_ACCOUNT.accountSid) addWhatsAppSender(simulator, account, true);
    enrolAccount(simulator, account);
    for (const content of account.contents) armApproval(simulator, account, content);
    for (const sender of account.whatsAppSenders) armWhatsAppSender(simulator, sender);
  }
  for (const entry of snapshot.optOuts) simulator.optOuts.add(entry);
  for (const [key, number] of snapshot.stickySenders) simulator.stickySenders.set(key, number);
  for (const [key, at] of snapshot.windows ?? []) simulator.windows.set(key, at);
  for (const [sid, people] of snapshot.reached ?? []) simulator.reached.set(sid, new Map(people));
  for (const message of snapshot.messages) {
    const account = simulator.accounts.get(message.accountSid);
    if (!account) continue;
    simulator.messages.add(Object.assign(message, { template: message.template ?? null, isInWindow: message.isInWindow ?? false }));
    if (message.status === 'scheduled') armSchedule(simulator, account, message);
    else armNextStep(simulator, account, message);
  }
  return true;
}

/** Writes the snapshot beside the file and moves it into place, so that a killed process leaves the old one. */
export function writeSnapshot(simulator: Simulator, file: string): void {
  const snapshot: Snapshot = {
    version: 1,
    accounts: [...simulator.accounts.values()],
    messages: [...simulator.messages.all()].slice(-NEWEST_KEPT),
    optOuts: [...simulator.optOuts],
    stickySenders: [...simulator.stickySenders].slice(-NEWEST_KEPT),
    windows: [...simulator.windows],
    reached: [...simulator.reached].map(([sid, people]) => [sid, [...people]]),
  };
  writeFileSync(`${file}.part`, JSON.stringify(snapshot));
  renameSync(`${file}.part`, file);
}

/** Writes the snapshot every few seconds while something changes; the returned function writes the last one and stops. */
export function keepSnapshot(simulator: Simulator, file: string): () => void {
  let written = simulator.revision;
  const write = () => {
    if (simulator.revision === written) return;
    written = simulator.revision;
    writeSnapshot(simulator, file);
  };
  const timer = setInterval(write, 5_000);
  timer.unref();
  return () => {
    clearInterval(timer);
    write();
  };
}

/** What accounts of an older file lack. */
function withoutWhatsApp() {
  return { contents: [], usedTemplateNames: [], whatsAppSenders: [], sinks: [], subscriptions: [] };
}

/** A file cut short by a full disk must not keep the simulator from starting. */
function parseSnapshot(text: string): Snapshot | null {
  try {
    const value: Snapshot = JSON.parse(text);
    return value.version === 1 ? value : null;
  } catch {
    return null;
  }
}
