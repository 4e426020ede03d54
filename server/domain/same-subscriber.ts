/** By calling code the digit that mobile numbers have got or lost over the years. */
const digits = new Map([['52', '1'], ['54', '9'], ['55', '9']]);

/**
 * The address first, then the other form of the same subscriber's number: in Mexico, Argentina and Brazil WhatsApp knows some accounts with a digit more or
 * less than they are dialled with, so what somebody writes may come from another address than the one that was written to.
 */
export function sameSubscriber(address: string): string[] {
  const [, before, country, number] = /^((?:[a-z]+:)?\+)(52|54|55)(\d{10,11})$/.exec(address) ?? [];
  const digit = digits.get(country ?? '');
  if (!number || !digit) return [address];
  // In Brazil the digit follows the two of the area, and only mobile numbers have it.
  const at = country === '55' ? 2 : 0;
  const other = number.length === 10 ? number.slice(0, at) + digit + number.slice(at) : number[at] === digit ? number.slice(0, at) + number.slice(at + 1) : null;
  if (other === null || (country === '55' && !/^\d{2}9?[6-9]\d{7}$/.test(number))) return [address];
  return [address, `${before}${country}${other}`];
}
