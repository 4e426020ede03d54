// Words of the data model that the browser needs as values: apart from the schemas, which would bring the parser along.

export const recipientMethods = ['lists', 'all', 'numbers', 'filter'] as const;
export const broadcastStatuses = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed'] as const;
export const deliveryStatuses = ['queued', 'skipped', 'cancelled', 'unknown', 'sending', 'sent', 'failed', 'undelivered', 'delivered', 'read'] as const;
