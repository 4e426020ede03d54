import pino from 'pino';
import { logLevel } from '#server/env.ts';

/** Structured logs. Only named fields are logged; bodies, names and full numbers never are. */
export const log = pino({ level: logLevel(), base: undefined, timestamp: pino.stdTimeFunctions.isoTime });

/** +1415***34: enough to recognise, not enough to call. */
export const maskPhone = (phone: string) => phone.replace(/^(.*\+\d{4})\d*(\d{2})$/, '$1***$2');
