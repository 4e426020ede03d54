/** How rules and people name a field: `contact.` before it makes no difference. */
export const fieldOf = (name: string): string => name.replace(/^contact\.(?=.)/, '');
