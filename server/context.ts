import { randomBytes } from 'node:crypto';
import { inOrganization, type Db, type Tx } from '#db/index.ts';
import { Problem } from '#server/errors.ts';

export const roles = ['owner', 'admin', 'marketer', 'support', 'viewer'] as const;
export type Role = (typeof roles)[number];

export type Actor =
  /** via api: a program with a token, not a page of ours. sessionId: the sign-in of the browser or the token. */
  | { kind: 'user'; userId: string; role: Role; address: string | null; sessionId?: string; via?: 'api' }
  | { kind: 'system'; task: string };

/** What every verb gets first: for whom, by whom, and the world's clock and dice. */
export type Context = {
  organizationId: string;
  actor: Actor;
  db: Db;
  /** One transaction that sees this organisation only. */
  transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  now: () => Date;
  /** 128 random bits as 32 hex digits. */
  randomToken: () => string;
};

export function createContext(db: Db, organizationId: string, actor: Actor): Context {
  return {
    organizationId, actor, db,
    transaction: (work) => inOrganization(db, organizationId, work),
    now: () => new Date(),
    randomToken: () => randomBytes(16).toString('hex'),
  };
}

/** @throws Problem forbidden when the person's role is below `least`. System work may do everything. */
export function requireRole(ctx: Context, least: Role): void {
  if (ctx.actor.kind === 'system') return;
  if (roles.indexOf(ctx.actor.role) <= roles.indexOf(least)) return;
  throw new Problem('forbidden', `Your role is ${ctx.actor.role}; this needs ${least}. An owner or admin of the organisation can change it.`);
}

export const userId = (ctx: Context): string | null => (ctx.actor.kind === 'user' ? ctx.actor.userId : null);

/** Who decided, as ledgers name it: one of us on a page, or a program with a token. */
export const actorSource = (ctx: Context): 'staff' | 'api' => (ctx.actor.kind === 'user' && ctx.actor.via === 'api' ? 'api' : 'staff');
