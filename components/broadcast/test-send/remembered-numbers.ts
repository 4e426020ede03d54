const STORAGE_KEY = 'hailer:test-numbers';
const MOST = 5;

/** The numbers of the last test, kept in this browser only. */
export function rememberedNumbers(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberNumbers(numbers: readonly string[]): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(numbers));
  } catch {
    // A browser that keeps nothing: they are typed again.
  }
}

/** One per line, or parted by commas or semicolons; each once. */
export const numbersIn = (text: string): string[] => [...new Set(text.split(/[\n,;]+/).map((each) => each.trim()).filter(Boolean))];
