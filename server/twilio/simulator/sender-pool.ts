import type { Account, Message } from '#server/twilio/simulator/model.ts';
import { chance } from '#server/twilio/simulator/random.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

/** The number of the service's pool that sends to this recipient: the one it heard from before, else one by lot. Null: the pool is empty. */
export function chooseSender(simulator: Simulator, account: Account, message: Message): string | null {
  const pool = account.numbers.filter((number) => number.serviceSid === message.serviceSid);
  if (pool.length === 0) return null;
  const key = `${message.serviceSid}|${message.to}`;
  const before = simulator.stickySenders.get(key);
  if (before && pool.some((number) => number.phoneNumber === before)) return before;
  const drawn = Math.floor(chance(simulator.config.all.seed, `${key}|sender`) * pool.length);
  const chosen = (pool[drawn] ?? pool[0])?.phoneNumber ?? null;
  if (chosen) simulator.stickySenders.set(key, chosen);
  return chosen;
}
