// A spreadsheet runs a cell that begins with one of these as a formula; an apostrophe before it makes it text again.
const formulaStart = /^'*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/;

/** Makes a value safe for a CSV file that somebody opens in a spreadsheet. `unquoteFormula` gives the value back. */
export const quoteFormula = (value: string): string => (formulaStart.test(value) ? `'${value}` : value);

/** Takes one apostrophe off a value that is quoted this way, also by a spreadsheet: '+12025550123 → +12025550123. */
export const unquoteFormula = (value: string): string => (value.startsWith("'") && formulaStart.test(value.slice(1)) ? value.slice(1) : value);
