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
  return new IndexedMessages();
}

class IndexedMessages implements MessageStore {
  private bySid = new Map<string, Message>();
  private byAccount = new Map<string, Message[]>();
  private byTo = new Map<string, Message[]>();
  private phoneByNumber = new Map<string, Phone>();
  private log: Message[] = [];

  add(message: Message): void {
    this.bySid.set(message.sid, message);
    this.log.push(message);
    append(this.byAccount, message.accountSid, message);
    append(this.byTo, `${message.accountSid}|${message.to}`, message);
    const number = phoneOf(message);
    const phone = this.phoneByNumber.get(number);
    if (phone) phone.messages.push(message);
    else this.phoneByNumber.set(number, { number, messages: [message] });
  }

  get(sid: string): Message | undefined {
    return this.bySid.get(sid);
  }

  remove(sid: string): void {
    this.bySid.delete(sid);
  }

  *newestFirst(accountSid: string, to: string | null): Generator<Message> {
    const messages = (to === null ? this.byAccount.get(accountSid) : this.byTo.get(`${accountSid}|${to}`)) ?? [];
    for (let i = messages.length - 1; i >= 0; i--) {
      const message = messages[i] as Message;
      if (this.bySid.has(message.sid)) yield message;
    }
  }

  *all(): Generator<Message> {
    for (const message of this.log) if (this.bySid.has(message.sid)) yield message;
  }

  sentTo(accountSid: string, to: string): number {
    return this.byTo.get(`${accountSid}|${to}`)?.length ?? 0;
  }

  phone(number: string): Phone | undefined {
    return this.phoneByNumber.get(number);
  }

  *phones(digits: string): Generator<Phone> {
    // The log is the order: a phone comes up where its newest message stands.
    for (let i = this.log.length - 1; i >= 0; i--) {
      const message = this.log[i] as Message;
      const number = phoneOf(message);
      if (digits && !number.includes(digits)) continue;
      const phone = this.phoneByNumber.get(number);
      if (phone && phone.messages.at(-1) === message) yield phone;
    }
  }

  phoneCount(): number {
    return this.phoneByNumber.size;
  }

  size(): number {
    return this.bySid.size;
  }

  clear(): void {
    for (const index of [this.bySid, this.byAccount, this.byTo, this.phoneByNumber]) index.clear();
    this.log = [];
  }
}

/** The phone of the person's end of a message: WhatsApp and SMS of one number arrive on one phone. */
export function phoneOf(message: Message): string {
  return (message.direction === 'inbound' ? (message.from ?? '') : message.to).replace('whatsapp:', '');
}

function append(index: Map<string, Message[]>, key: string, message: Message): void {
  const list = index.get(key);
  if (list) list.push(message);
  else index.set(key, [message]);
}
