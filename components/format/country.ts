const names = new Intl.DisplayNames('en', { type: 'region' });

/** "DE" → "Germany"; what is no country of ISO 3166 comes back as it is. */
export function countryName(country: string): string {
  return /^[A-Z]{2}$/.test(country) ? names.of(country) ?? country : country;
}
