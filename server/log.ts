import pino from 'pino';
import { logLevel } from '#server/env.ts';

/** Structured logs. Only named fields are logged; bodies, names and full numbers never are. */
export const log = pino({ level: logLevel(), base: undefined, timestamp: pino.stdTimeFunctions.isoTime });

/** +1415***34: enough to recognise, not enough to call. */
export const maskPhone = (phone: string) => phone.replace(/^(.*\+\d{4})\d*(\d{2})$/, '$1***$2');

/**
 * An unexpected error as it may be logged. A driver's error carries the statement and its parameters (texts, numbers, hashes) in its message: of it
 * only the code is told, and the lines of the stack.
 */
export function faultOf(error: unknown): { error: string; stack?: string } {
  if (!(error instanceof Error)) return { error: 'unknown' };
  const code = sqlCodeOf(error) ?? sqlCodeOf(error.cause);
  const frames = error.stack?.replace(error.message, '').split('\n').filter((line) => /^\s+at /.test(line)).join('\n');
  return { error: code ? `database error ${code}` : `${error.name}: ${error.message}`.slice(0, 200), ...(frames && { stack: frames }) };
}

/** Drizzle wraps what the driver throws; both know what was asked. */
function sqlCodeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const isOfDatabase = 'query' in error || 'severity' in error || error.name === 'PostgresError';
  if (!isOfDatabase) return null;
  if (error.cause instanceof Error) return sqlCodeOf(error.cause) ?? codeOf(error.cause);
  return codeOf(error);
}

const codeOf = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : 'unknown');
