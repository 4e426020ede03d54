export * from './organization.ts';
export * from './sender.ts';
export * from './contact.ts';
export * from './broadcast.ts';
export * from './delivery.ts';
export * from './ledger.ts';
export * from './upload.ts';
