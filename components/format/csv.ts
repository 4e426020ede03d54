/** Rows as the text of a CSV file that a spreadsheet opens, also when cells are words of other people. */
export const csvText = (rows: ReadonlyArray<readonly string[]>): string => rows.map((row) => row.map(cellOf).join(',')).join('\r\n');

/** A cell that a spreadsheet would run as a formula becomes text; a phone number keeps its + and an amount its sign. */
function cellOf(value: string): string {
  const isFormula = /^'*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/.test(value) && !/^\+\d{7,15}$/.test(value) && !/^-\d+(\.\d+)?$/.test(value);
  const safe = isFormula ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
