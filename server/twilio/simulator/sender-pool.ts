import type { Account, Message } from '#server/twilio/simulator/model.ts';
import { chance } from '#server/twilio/simulator/random.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

/** The WhatsApp sender of the service's pool that this message leaves from; null: the pool has none. */
export function chooseWhatsAppSender(simulator: Simulator, account: Account, message: Message): string | null {
  const pool = account.whatsAppSenders.filter((sender) => sender.serviceSid === message.serviceSid && sender.status === 'ONLINE');
  return drawn(simulator, message, pool.map((sender) => sender.senderId));
}

/** The number of the service's pool that sends to this recipient: the one it heard from before, else one by lot. Null: the pool is empty. */
export function chooseSender(simulator: Simulator, account: Account, message: Message): string | null {
  const pool = account.numbers.filter((number) => number.serviceSid === message.serviceSid);
  return drawn(simulator, message, pool.map((number) => number.phoneNumber));
}

function drawn(simulator: Simulator, message: Message, pool: string[]): string | null {
  if (pool.length === 0) return null;
  const key = `${message.serviceSid}|${message.to}`;
  const before = simulator.stickySenders.get(key);
  if (before && pool.includes(before)) return before;
  const place = Math.floor(chance(simulator.config.all.seed, `${key}|sender`) * pool.length);
  const chosen = pool[place] ?? pool[0] ?? null;
  if (chosen) simulator.stickySenders.set(key, chosen);
  return chosen;
}
