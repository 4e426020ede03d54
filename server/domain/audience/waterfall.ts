import { and, eq, sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { audienceOf, fates, membershipCount, readAudience, type Audience, type Fate } from '#server/domain/audience/resolve.ts';
import type { WaterfallInput } from '#server/domain/audience/schema.ts';
import type { WaterfallStep } from '#server/domain/broadcast/schema.ts';
import { notFound } from '#server/errors.ts';

/** Where everybody went: members = duplicate + people; people = excluded + noPhone + optedOut + frequencyCap + recipients. */
export type AudienceCounts = { members: number; people: number; duplicate: number } & Record<Fate, number>;

/** Whom a draft would reach now, line by line, without rendering its text. @throws Problem not_found */
export async function readWaterfall(ctx: Context, { broadcastId }: WaterfallInput): Promise<WaterfallStep[]> {
  return ctx.transaction(async (tx) => {
    const audience = await readAudience(tx, ctx, await findOwner(tx, ctx, broadcastId));
    return waterfallOf(await countAudience(tx, ctx, audience), audience.method);
  });
}

/** @throws Problem not_found */
export async function findOwner(tx: Tx, ctx: Context, broadcastId: string) {
  const [broadcast] = await tx.select().from(broadcasts).where(and(eq(broadcasts.organizationId, ctx.organizationId), eq(broadcasts.id, broadcastId)));
  if (!broadcast) throw notFound('broadcast');
  return broadcast;
}

export async function countAudience(tx: Tx, ctx: Context, audience: Audience): Promise<AudienceCounts> {
  const [found] = await rows<CountRow>(tx, countsOf(ctx, audience));
  return countsFrom(found!);
}

/**
 * Set-based fan-out: one statement numbers the recipients from 1 while selecting them, writes their deliveries and counts everybody, so that the counts
 * are those of the very people who were written. Opted-out people and those within the frequency cap come last, as skipped rows with their reason
 * (P41), so the range 1..recipients is exactly what may go out.
 */
export async function writeDeliveries(tx: Tx, ctx: Context, audience: Audience, addressPrefix: string): Promise<AudienceCounts & { written: number }> {
  const [found] = await rows<CountRow & { written: number }>(tx, sql`
    with counted as (${countsOf(ctx, audience)}), written as (
      insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient, status, reason)
      select ${ctx.organizationId}, ${audience.broadcastId}, row_number() over (order by fate), id, ${addressPrefix} || phone,
        (case when fate = 0 then 'queued' else 'skipped' end)::delivery_status, case fate when 1 then 'opted_out' when 2 then 'frequency_cap' end
      from (${audienceOf(ctx, audience)}) audience where fate < 3
      returning 1
    )
    select counted.*, (select count(*)::int from written) as written from counted`);
  return { ...countsFrom(found!), written: found!.written };
}

/** The lines of a waterfall; those that take nobody off are left out. */
export function waterfallOf(counts: AudienceCounts, method: Audience['method']): WaterfallStep[] {
  const off = [
    { key: 'duplicate', label: 'In several lists', count: -counts.duplicate }, { key: 'excluded', label: 'Excluded', count: -counts.excluded },
    { key: 'noPhone', label: 'Without a phone number', count: -counts.noPhone }, { key: 'optedOut', label: 'Opted out', count: -counts.optedOut },
    { key: 'frequencyCap', label: 'Messaged recently', count: -counts.frequencyCap },
  ] as const;
  return [{ key: 'members', label: memberLabels[method], count: counts.members }, ...off.filter(({ count }) => count < 0), { key: 'recipients', label: 'Will be sent', count: counts.recipients }];
}

const memberLabels: Record<Audience['method'], string> = { lists: 'In the chosen lists', all: 'All contacts', numbers: 'Chosen numbers', filter: 'Match the filter', fixed: 'In the fixed audience' };

type CountRow = { members: number | null; people: number } & Record<Fate, number>;

/** In groups first: the fate of each person is worked out once, not for every line. */
function countsOf(ctx: Context, audience: Audience): SQL {
  const each = fates.map((fate, i) => sql`coalesce(sum(people) filter (where fate = ${sql.raw(String(i))}), 0)::int as ${sql.identifier(fate)}`);
  return sql`select (${membershipCount(ctx, audience)}) as members, coalesce(sum(people), 0)::int as people, ${sql.join(each, sql`, `)}
    from (select fate, count(*) as people from (${audienceOf(ctx, audience)}) audience group by fate) by_fate`;
}

function countsFrom({ members, people, ...byFate }: CountRow): AudienceCounts {
  const { recipients, optedOut, frequencyCap, noPhone, excluded } = byFate;
  return { members: members ?? people, people, duplicate: (members ?? people) - people, recipients, optedOut, frequencyCap, noPhone, excluded };
}
