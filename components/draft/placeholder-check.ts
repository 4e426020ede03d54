/** Placeholders that are no field, with the field that was probably meant. */
export type UnknownField = { name: string; suggestion: string | null };

/** `used`: names as the parser found them, `contact.` allowed before each. Names with a path may come from list data and pass. */
export function unknownFields(used: readonly string[], known: readonly string[]): UnknownField[] {
  const names = new Set(used.map((name) => name.replace(/^contact\./, '')).filter((name) => name !== 'contact' && !name.includes('.')));
  return [...names].filter((name) => !known.includes(name)).map((name) => ({ name, suggestion: nearest(name, known) }));
}

function nearest(name: string, known: readonly string[]): string | null {
  const ranked = known
    .map((field) => ({ field, distance: distance(name.toLowerCase(), field.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.field : null;
}

/** Edits that turn one word into the other, two swapped letters counting as one (optimal string alignment). */
function distance(one: string, other: string): number {
  let older: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const steps = [(above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (isSame ? 0 : 1)];
      if (isSwap) steps.push((older[column - 2] ?? 0) + 1);
      current.push(Math.min(...steps));
    }
    older = above;
    above = current;
  }
  return above[other.length] ?? 0;
}
