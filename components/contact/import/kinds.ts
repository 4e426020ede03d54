const words: Record<string, string> = {
  no_phone: 'No number', no_country_code: 'No country code', unknown_country_code: 'Unknown country code', too_short: 'Too short', too_long: 'Too long', impossible: 'No such number', two_numbers: 'Two numbers in a cell',
  mangled: 'Shortened by a spreadsheet', extension: 'Extension', no_number: 'Not a number', landline: 'Landline', email: 'E-mail address', time_zone: 'Time zone', date: 'Date', opted_out: 'Opted out: yes or no',
  ragged: 'Too many values', nobody: 'Neither number nor e-mail', unmapped: 'No column chosen', spreadsheet_error: 'Spreadsheet error', duplicate: 'Same number twice',
};

/** What kind of mistake it is, in a word or two. */
export const kindWord = (kind: string): string => words[kind] ?? kind.replaceAll('_', ' ');
