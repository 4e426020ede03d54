const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** Seconds in words, the two largest units: 4320 → "1 h 12 min", 45 → "45 s". Below one second: "<1 s". */
export function formatDuration(seconds: number): string {
  let rest = Math.round(seconds);
  if (rest < 1) return seconds > 0 ? '<1\u00a0s' : '0\u00a0s';

  const first = UNITS.findIndex(([, size]) => rest >= size);
  // What is below the second unit is rounded into it, so that 3,599.6 s is not "59 min 60 s".
  const smallest = UNITS[Math.min(first + 1, UNITS.length - 1)]?.[1] ?? 1;
  rest = Math.round(rest / smallest) * smallest;

  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}\u00a0${unit}`);
  }
  return parts.slice(0, 2).join(' ');
}
