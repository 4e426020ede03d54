import { formatNumber } from './number.ts';

/**
 * Share of a whole: one decimal below 10 %, none above. (3, 40) → "7.5%", (30, 40) → "75%".
 * Never rounds something to nothing or a part to the whole: 1 of 100,000 is "<0.1%", 9,999 of 10,000 is ">99%".
 */
export function formatPercent(part: number, whole: number): string {
  if (whole <= 0) return '–';
  if (part === 0) return '0%';
  const share = (part / whole) * 100;
  if (share < 0.05) return '<0.1%';
  if (share < 9.95) return `${share.toFixed(1)}%`;
  if (part < whole && share >= 99.5) return '>99%';
  return `${Math.round(share)}%`;
}

/** (3, 40) → "3 of 40" with spaces that do not break. */
export function formatPartOf(part: number, whole: number): string {
  return `${formatNumber(part)}\u00a0of\u00a0${formatNumber(whole)}`;
}
