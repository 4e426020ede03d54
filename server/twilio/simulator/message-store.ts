import type { Message } from '#server/twilio/simulator/model.ts';

/** A simulated telephone: everything it received and sent, oldest first. */
export type Phone = { number: string; messages: Message[] };

/** Messages with the indexes that lists and the phones page need; all answers stay quick with 100,000 messages. */
export type MessageStore = {
  add(message: Message): void;
  get(sid: string): Message | undefined;
  remove(sid: string): void;
  /** Messages of an account, newest first, optionally only those to one address; removed ones are left out. */
  newestFirst(accountSid: string, to: string | null): Generator<Message>;
  /** All messages in arrival order, removed ones left out. */
  all(): Generator<Message>;
  /** How many messages this account sent to this address so far. */
  sentTo(accountSid: string, to: string): number;
  phone(number: string): Phone | undefined;
  /** Phones whose number contains `digits`, the one with the newest message first. */
  phones(digits: string): Generator<Phone>;
  phoneCount(): number;
  size(): number;
  clear(): void;
};

/** Creates an empty store. */
export function createMessageStore(): MessageStore {
  const bySid = new Map<string, Message>();
  const byAccount = new Map<string, Message[]>();
  const byTo = new Map<string, Message[]>();
  const phones = new Map<string, Phone>();
  const log: Message[] = [];

  return {
    add(message) {
      bySid.set(message.sid, message);
      log.push(message);
      append(byAccount, message.accountSid, message);
      append(byTo, `${message.accountSid}|${message.to}`, message);
      const number = phoneOf(message);
      const phone = phones.get(number);
      if (phone) phone.messages.push(message);
      else phones.set(number, { number, messages: [message] });
    },
    get: (sid) => bySid.get(sid),
    remove: (sid) => void bySid.delete(sid),
    *newestFirst(accountSid, to) {
      const messages = (to === null ? byAccount.get(accountSid) : byTo.get(`${accountSid}|${to}`)) ?? [];
      for (let i = messages.length - 1; i >= 0; i--) {
        const message = messages[i] as Message;
        if (bySid.has(message.sid)) yield message;
      }
    },
    *all() {
      for (const message of log) if (bySid.has(message.sid)) yield message;
    },
    sentTo: (accountSid, to) => byTo.get(`${accountSid}|${to}`)?.length ?? 0,
    phone: (number) => phones.get(number),
    *phones(digits) {
      // The log is the order: a phone comes up where its newest message stands.
      for (let i = log.length - 1; i >= 0; i--) {
        const message = log[i] as Message;
        const number = phoneOf(message);
        if (digits && !number.includes(digits)) continue;
        const phone = phones.get(number);
        if (phone && phone.messages.at(-1) === message) yield phone;
      }
    },
    phoneCount: () => phones.size,
    size: () => bySid.size,
    clear() {
      for (const index of [bySid, byAccount, byTo, phones]) index.clear();
      log.length = 0;
    },
  };
}

/** The person's end of a message. */
export function phoneOf(message: Message): string {
  return message.direction === 'inbound' ? (message.from ?? '') : message.to;
}

function append(index: Map<string, Message[]>, key: string, message: Message): void {
  const list = index.get(key);
  if (list) list.push(message);
  else index.set(key, [message]);
}
