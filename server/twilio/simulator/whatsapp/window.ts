import type { Simulator } from '#server/twilio/simulator/simulator.ts';

const DAY = 86_400_000;

/** A person wrote at `at` (epoch ms): for 24 hours from then anything may be written to them. Null closes the window. */
export function openWindow(simulator: Simulator, sender: string, person: string, at: number | null): void {
  if (at === null) simulator.windows.delete(`${sender}|${person}`);
  else simulator.windows.set(`${sender}|${person}`, at);
  simulator.revision++;
}

/** When the last message of a person to this sender came, in epoch ms; null: never. */
export function lastInboundAt(simulator: Simulator, sender: string, person: string): number | null {
  return simulator.windows.get(`${sender}|${person}`) ?? null;
}

/** Whether the 24-hour window of a person is open now: 23:59:59.999 after their last message it is, 24:00:00 after it is not. */
export function isWindowOpen(simulator: Simulator, sender: string, person: string): boolean {
  const at = lastInboundAt(simulator, sender, person);
  return at !== null && simulator.clock.now() - at < DAY;
}
