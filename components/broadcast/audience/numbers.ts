export const MOST_NUMBERS = 1_000;

/** The numbers of a text: one per line, or separated by commas or semicolons. Spaces belong to a number. */
export const numbersIn = (text: string): string[] => text.split(/[\n\r,;\t]+/).map((number) => number.trim().slice(0, 200)).filter((number) => number !== '');
