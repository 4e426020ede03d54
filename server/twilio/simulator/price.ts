import type { ContentCategory } from '#server/twilio/simulator/content/content.ts';
import type { Message } from '#server/twilio/simulator/model.ts';

/** Prices in 1e-5 of a US dollar (the precision Twilio prints), as integers: sums never drift. */

type CountryPrice = { name: string; outbound: string; inbound: string; carrier: string; mcc: string; mnc: string; numberType: string };

/** A small, invented-but-plausible price list; the US figure is the list price of 2026. */
export const COUNTRY_PRICES: Record<string, CountryPrice> = {
  US: { name: 'United States', outbound: '0.0083', inbound: '0.0083', carrier: 'Other', mcc: '310', mnc: '000', numberType: 'local' },
  CA: { name: 'Canada', outbound: '0.0083', inbound: '0.0083', carrier: 'Other', mcc: '302', mnc: '000', numberType: 'local' },
  GB: { name: 'United Kingdom', outbound: '0.0524', inbound: '0.0075', carrier: 'EE', mcc: '234', mnc: '30', numberType: 'mobile' },
  DE: { name: 'Germany', outbound: '0.1030', inbound: '0.0075', carrier: 'Telekom', mcc: '262', mnc: '01', numberType: 'mobile' },
  FR: { name: 'France', outbound: '0.0798', inbound: '0.0075', carrier: 'Orange', mcc: '208', mnc: '01', numberType: 'mobile' },
  AU: { name: 'Australia', outbound: '0.0515', inbound: '0.0075', carrier: 'Telstra', mcc: '505', mnc: '01', numberType: 'mobile' },
  IN: { name: 'India', outbound: '0.0832', inbound: '0.0075', carrier: 'Airtel', mcc: '404', mnc: '10', numberType: 'mobile' },
  BR: { name: 'Brazil', outbound: '0.0607', inbound: '0.0075', carrier: 'Vivo', mcc: '724', mnc: '06', numberType: 'mobile' },
  MX: { name: 'Mexico', outbound: '0.0672', inbound: '0.0075', carrier: 'Telcel', mcc: '334', mnc: '020', numberType: 'mobile' },
};

/** Meta's part of a delivered template by category and country, in USD: plausible examples. */
const META_PRICES: Record<string, Record<ContentCategory, string>> = {
  US: { MARKETING: '0.0250', UTILITY: '0.0040', AUTHENTICATION: '0.0040' },
  CA: { MARKETING: '0.0250', UTILITY: '0.0040', AUTHENTICATION: '0.0040' },
  GB: { MARKETING: '0.0529', UTILITY: '0.0220', AUTHENTICATION: '0.0220' },
  DE: { MARKETING: '0.1365', UTILITY: '0.0550', AUTHENTICATION: '0.0550' },
  FR: { MARKETING: '0.0859', UTILITY: '0.0300', AUTHENTICATION: '0.0300' },
  IN: { MARKETING: '0.0118', UTILITY: '0.0014', AUTHENTICATION: '0.0014' },
  BR: { MARKETING: '0.0625', UTILITY: '0.0068', AUTHENTICATION: '0.0068' },
  MX: { MARKETING: '0.0305', UTILITY: '0.0085', AUTHENTICATION: '0.0085' },
};
const META_ELSEWHERE: Record<ContentCategory, string> = { MARKETING: '0.0604', UTILITY: '0.0171', AUTHENTICATION: '0.0171' };

/** What Twilio takes for a WhatsApp message in either direction. */
const WHATSAPP_FEE = 500;

const ELSEWHERE = 9000;
const FAILED_FEE = 100;

/** Failures for which Twilio takes no processing fee (customer mail of 2024-09). */
const FEE_EXEMPT = new Set([
  12400, 20500, 20504, 30103, 30500, 63010, 63012, 30002, 30454, 63038, 90010, 30450, 63013, 63018, 63021, 63024, 63032, 63049,
]);

/** Exact integer of a decimal string with at most five places: `"0.0083"` is 830. */
export function toUnits(decimal: string): number {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return Number(whole) * 100_000 + Number(fraction.padEnd(5, '0').slice(0, 5));
}

/** Decimal string with five places: 1660 is `"0.01660"`, and as a charge (`-1660`) `"-0.01660"`. */
export function fromUnits(units: number): string {
  const digits = String(Math.abs(units)).padStart(6, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -5)}.${digits.slice(-5)}`;
}

/** What one message costs, in units: price of the recipient's country times segments, or the fee for a failed one. Always ≥ 0. */
export function chargeUnits(message: {
  country: string | undefined;
  direction: string;
  segments: number;
  status: string;
  errorCode: number | null;
}): number {
  if (message.status === 'failed') return message.errorCode !== null && FEE_EXEMPT.has(message.errorCode) ? 0 : FAILED_FEE;
  const price = message.country ? COUNTRY_PRICES[message.country] : undefined;
  if (message.direction === 'inbound') return toUnits(price?.inbound ?? '0.0075') * message.segments;
  return (price ? toUnits(price.outbound) : ELSEWHERE) * message.segments;
}

/**
 * What one WhatsApp message costs, in units: Twilio's fee, and Meta's price of a template that arrived. Free-form is free of Meta's part, and so
 * is a utility template inside of the person's window. What did not arrive costs the fee for failed ones.
 */
export function whatsAppUnits(message: Pick<Message, 'direction' | 'status' | 'errorCode' | 'template' | 'isInWindow'> & { country: string | undefined }): number {
  const { template, isInWindow, status, errorCode, country } = message;
  if (message.direction === 'inbound') return WHATSAPP_FEE;
  if (status === 'failed' || status === 'undelivered') return errorCode !== null && FEE_EXEMPT.has(errorCode) ? 0 : FAILED_FEE;
  const isFree = !template || (isInWindow && (template.category === 'UTILITY' || template.status !== 'approved'));
  if (isFree || (status !== 'delivered' && status !== 'read')) return WHATSAPP_FEE;
  return WHATSAPP_FEE + toUnits((META_PRICES[country ?? ''] ?? META_ELSEWHERE)[template.category]);
}
