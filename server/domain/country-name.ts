const names = new Intl.DisplayNames('en', { type: 'region' });

/** The country (ISO 3166 alpha-2) as a person names it: US → United States. */
export const countryName = (country: string): string => names.of(country) ?? country;
