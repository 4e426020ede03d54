import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import type { CheckBalanceInput } from '#server/domain/review/schema.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';
import { readBalance } from '#server/twilio/account.ts';

type Check = PreviewView['checks'][number];
type Balance = Awaited<ReturnType<typeof readBalance>>;

/** An answer of Twilio is good for so long, ms. */
const FRESH = 60_000;
/** A page does not wait longer than this for it, ms. */
const PATIENCE = 4_000;
const NAME = 'Twilio balance';

const answers = new Map<string, { at: number; balance: Promise<Balance> }>();

/**
 * Whether the balance of the Twilio account covers `amount`. Apart from the other checks, because it asks Twilio: it never blocks a send, and when
 * Twilio does not answer in time it says so.
 */
export async function checkBalance(ctx: Context, { amount, currency }: CheckBalanceInput): Promise<Check> {
  const balance = await balanceOf(ctx);
  if (balance === null) return { name: NAME, status: 'warn', detail: 'Twilio did not say how much is left. Look in the Twilio Console.', code: 'balance_unknown', fixUrl: null };
  const [compared] = await ctx.transaction((tx) => rows<{ covers: boolean; lacks: string; left: string }>(tx, sql`
    select ${balance.amount}::numeric >= ${amount}::numeric as covers, round(${amount}::numeric - ${balance.amount}::numeric, 2)::text as lacks, round(${balance.amount}::numeric, 2)::text as left`));
  const left = `${compared!.left} ${balance.currency}`;
  if (balance.currency !== currency) return { name: NAME, status: 'pass', detail: `${left} is left; the estimate is in ${currency}, so compare them yourself.`, code: null, fixUrl: null };
  if (compared!.covers) return { name: NAME, status: 'pass', detail: `${left} is left, enough for the likely cost.`, code: null, fixUrl: null };
  return { name: NAME, status: 'warn', detail: `${left} is left, about ${compared!.lacks} less than the likely cost. Twilio stops sending when it is used up: add funds in the Twilio Console.`, code: 'balance_low', fixUrl: null };
}

async function balanceOf(ctx: Context): Promise<{ amount: string; currency: string } | null> {
  const keys = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId)).catch((error: unknown) => { if (error instanceof Problem) return null; throw error; });
  if (!keys) return null;
  const known = answers.get(keys.accountSid);
  const isFresh = known !== undefined && ctx.now().getTime() - known.at < FRESH;
  const answer = isFresh ? known : { at: ctx.now().getTime(), balance: readBalance(keys) };
  answers.set(keys.accountSid, answer);
  const reading = await Promise.race([answer.balance, new Promise<null>((resolve) => { setTimeout(() => resolve(null), PATIENCE).unref(); })]);
  if (reading?.ok) return reading.value;
  answers.delete(keys.accountSid);
  return null;
}
