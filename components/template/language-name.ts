const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** "Portuguese (Brazil)" for pt_BR; the code itself when nobody knows it. */
export function languageName(code: string): string {
  try { return names.of(code.replace('_', '-')) ?? code; } catch { return code; }
}

/** The languages most templates are written in; any other code may be typed. */
export const commonLanguages = ['en', 'en_US', 'en_GB', 'es', 'es_MX', 'de', 'fr', 'it', 'nl', 'pl', 'pt_BR', 'pt_PT', 'tr', 'ar', 'he', 'hi', 'id', 'ja', 'ko', 'ru', 'th', 'uk', 'vi', 'zh_CN'];
