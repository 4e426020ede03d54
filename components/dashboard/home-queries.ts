// What the page prefetches on the server and its components ask for in the browser: the same inputs, or it would be asked twice.

export const BROADCAST_SERVICE = 'bulk-sms';
export const unknownInput = { status: 'unknown', limit: 50 } as const;

export const budgetInput = {};

export const activeStates = ['sending', 'paused', 'scheduled'] as const;
export const activeInput = (status: (typeof activeStates)[number]) => ({ status, ps: 10 });
