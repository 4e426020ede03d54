const ONE_DIGIT = /^[17]/;
const TWO_DIGITS = /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/**
 * International, spaced: "+14155550132" → "+1 415 555 0132". WhatsApp addresses lose their "whatsapp:".
 * Numbers outside +1 are grouped in threes behind the calling code: enough to read them aloud, without the 35 kB of
 * metadata that each country's own grouping takes. What is no E.164 number comes back unchanged, except for what is left of
 * somebody who was erased.
 */
export function formatPhone(address: string): string {
  const number = address.replace(/^whatsapp:/, '').trim();
  if (number.startsWith('erased:')) return 'Erased person';
  if (!/^\+[1-9]\d{6,14}$/.test(number)) return number;
  const digits = number.slice(1);
  const codeLength = ONE_DIGIT.test(digits) ? 1 : TWO_DIGITS.test(digits) ? 2 : 3;
  const code = digits.slice(0, codeLength);
  const national = digits.slice(codeLength);
  const groups = code === '1' && national.length === 10 ? [national.slice(0, 3), national.slice(3, 6), national.slice(6)] : groupInThrees(national);
  return [`+${code}`, ...groups].join('\u00a0');
}

/** The last group has two to four digits, never one. */
function groupInThrees(digits: string): string[] {
  const groups: string[] = [];
  let rest = digits;
  while (rest.length > 4) {
    groups.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  return [...groups, rest];
}
