import { readFileSync } from 'node:fs';
import * as z from 'zod';

const secret = z.string().min(32, 'must have at least 32 characters');
const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'),
  PUBLIC_URL: origin.default('http://localhost:3000'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  AUTH_SECRET: secret,
  /** 32 bytes, hex. Several may be given, comma-separated: the first seals, all open (rotation). */
  ENCRYPTION_KEY: z.string().regex(/^[0-9a-f]{64}(,[0-9a-f]{64})*$/i, 'must be 64 hex digits (several, for a rotation, separated by commas)'),
  TWILIO_BASE_URL: origin.optional(),
  /** Sends every push to this origin instead of the browsers' push services; the original host goes in X-Push-Host. */
  PUSH_BASE_URL: origin.optional(),
  /** Prometheus shows it to read /api/metrics; unset: there are no metrics. */
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  SEED_DEMO: z.enum(['0', '1']).default('0'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().default('production'),
});

/** Needed before, and without, the rest: a process must be able to log that its environment is wrong. */
export const logLevel = (): string => schema.shape.LOG_LEVEL.catch('info').parse(process.env.LOG_LEVEL || undefined);

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/**
 * The environment, parsed once. `NAME_FILE` gives the value of NAME by file, as container secrets do.
 * @throws Error one line per wrong variable, each saying what to set.
 */
export function env(): Env {
  parsed ??= parseEnvironment(process.env);
  return parsed;
}

export function parseEnvironment(source: Record<string, string | undefined>): Env {
  const result = schema.safeParse(Object.fromEntries(Object.keys(schema.shape).map((name) => [name, valueOf(name, source)])));
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${String(issue.path[0])}: ${source[String(issue.path[0])] ? issue.message : 'is not set'}`);
  throw new Error(`The environment is not complete (see .env.example):\n  ${lines.join('\n  ')}`);
}

function valueOf(name: string, source: Record<string, string | undefined>) {
  const file = source[`${name}_FILE`];
  return file ? readFileSync(file, 'utf8').trim() : source[name] || undefined;
}
