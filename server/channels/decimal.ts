// Money in whole millionths, so that sums and shares of it are exact.

/** An amount with up to six places, as the database and Twilio write it. @throws TypeError for what is no decimal */
export function toMicros(amount: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,6})0*)?$/.exec(amount);
  if (!match) throw new TypeError(`Not a decimal amount: ${amount}`);
  const micros = BigInt(`${match[2]}${(match[3] ?? '').padEnd(6, '0')}`);
  return match[1] ? -micros : micros;
}

/** The same with all six places. */
export function fromMicros(micros: bigint): string {
  const digits = (micros < 0n ? -micros : micros).toString().padStart(7, '0');
  return `${micros < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** A ceiling as it was typed: two places instead of the database's six. */
export const inCents = (amount: string | null): string | null => amount?.replace(/(\.\d\d)0+$/, '$1') ?? null;
