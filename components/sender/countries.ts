/** Countries whose numbers are searched here. */
export const shopCountries = [['US', 'United States'], ['CA', 'Canada'], ['GB', 'United Kingdom'], ['DE', 'Germany'], ['FR', 'France'], ['NL', 'Netherlands'], ['AU', 'Australia']] as const;
