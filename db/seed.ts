import { and, eq, sql } from 'drizzle-orm';
import { createContext } from '#server/context.ts';
import type { FilterDefinition } from '#server/domain/audience/schema.ts';
import { createRule } from '#server/domain/automation/create.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { submitTemplate } from '#server/domain/template/submit.ts';
import { connectEvents } from '#server/domain/twilio-account/connect-events.ts';
import { connectTwilio } from '#server/domain/twilio-account/connect.ts';
import { hashPassword } from '#server/domain/user/password.ts';
import { env } from '#server/env.ts';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { inSystem, textArray, type Db, type Tx } from './index.ts';
import * as t from './schema/index.ts';
import { seedInbox } from './seed-inbox.ts';

export const DEMO_EMAIL = 'demo@hailer.test';
export const DEMO_PASSWORD = 'hailer-demo';

const FIRST = ['Ada', 'Ben', 'Chloé', 'Dmitri', 'Elena', 'Farid', 'Grace', 'Hiro', 'Inés', 'Jonas', 'Kavya', 'Liam', 'Maya', 'Noor', 'Olu', 'Priya', 'Quinn', 'Rosa', 'Sam', 'Tomás'];
const LAST = ['Adams', 'Berg', 'Costa', 'Diaz', 'Evans', 'Fischer', 'Garcia', 'Haddad', 'Ito', 'Jensen', 'Kaur', 'Lopez', 'Moreau', 'Novak', 'Okafor', 'Park', 'Rossi', 'Silva', 'Tanaka', 'Weber'];
const CITY = ['Portland', 'Austin', 'Denver', 'Boston', 'Chicago'];
const AREA = [202, 212, 303, 312, 415, 503, 512, 617, 646, 702];
const CONTACTS = 500;

/** The demo organisation with its owner, people, lists, Twilio account (the simulator's) and broadcasts of the last days. Does nothing when it exists. */
export async function seedDemo(db: Db): Promise<void> {
  const [existing] = await db.select().from(t.users).where(eq(t.users.email, DEMO_EMAIL));
  if (existing) return;
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const { organizationId, userId } = await inSystem(db, async (tx) => {
    const [user] = await tx.insert(t.users).values({ email: DEMO_EMAIL, name: 'Demo Owner', passwordHash }).returning();
    const [organization] = await tx.insert(t.organizations).values({ name: 'Acme Outdoor', timeZone: 'America/New_York' }).returning();
    await tx.insert(t.memberships).values({ organizationId: organization!.id, userId: user!.id, role: 'owner' });
    await seedAudience(tx, organization!.id);
    return { organizationId: organization!.id, userId: user!.id };
  });
  const ctx = createContext(db, organizationId, { kind: 'user', userId, role: 'owner', address: null });
  if (env().TWILIO_BASE_URL) await connectSimulator(ctx);
  await inSystem(db, (tx) => seedHistory(tx, organizationId, userId));
  await tellWindows(await inSystem(db, (tx) => seedInbox(tx, organizationId, { userId, accountSid: DEMO_ACCOUNT.accountSid, phone: demoPhone })));
  await seedTemplates(ctx);
  await seedRules(ctx);
}

/** Two rules that answer at once, to try from the simulator's phones. */
async function seedRules(ctx: ReturnType<typeof createContext>) {
  const [vip] = await inSystem(ctx.db, (tx) => tx.select({ id: t.lists.id }).from(t.lists).where(and(eq(t.lists.organizationId, ctx.organizationId), eq(t.lists.slug, 'vip'))));
  const consentText = 'By texting JOIN you agree to get offers of Acme Outdoor by text, up to 4 a month. Reply STOP to leave.';
  await createRule(ctx, { name: 'Join the club', keywords: ['join'], actions: [
    { type: 'subscribe', consentText }, { type: 'add_to_list', listId: vip!.id }, { type: 'reply', text: 'Welcome to the club, {{firstName | default: "friend"}}! Up to 4 offers a month. Reply STOP to leave.' },
  ] });
  await createRule(ctx, { name: 'Opening hours', match: 'contains', keywords: ['hours', 'open'], actions: [{ type: 'reply', text: 'We are open Monday to Saturday, 9 to 6.' }] });
}

/** The simulator lets free text through to those who wrote within 24 hours: it has to know when they did. */
async function tellWindows(people: Array<{ person: string; secondsAgo: number }>) {
  const simulator = env().TWILIO_BASE_URL;
  if (simulator) await fetch(`${simulator}/_sim/windows`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ sender: DEMO_ACCOUNT.whatsAppSenders[0]!.senderId, people }), signal: AbortSignal.timeout(5_000) }).catch(() => {});
}

/** Numbers of the range 555-0100 to 555-0199 of several area codes, which belong to nobody. */
const demoPhone = (i: number) => `+1${AREA[i % AREA.length]}55501${String(Math.floor(i / AREA.length) % 100).padStart(2, '0')}`;

async function seedAudience(tx: Tx, organizationId: string) {
  const people = Array.from({ length: CONTACTS }, (_, i) => ({
    organizationId, phone: demoPhone(i), firstName: FIRST[i % FIRST.length]!, lastName: LAST[Math.floor(i / FIRST.length) % LAST.length]!,
    email: i % 3 === 0 ? `${FIRST[i % FIRST.length]!.normalize('NFD').replace(/[^a-z]/gi, '').toLowerCase()}.${i}@example.com` : null,
    fields: { city: CITY[i % CITY.length]!, points: (i * 37) % 900 }, tags: [...(i % 25 === 3 ? ['vip'] : []), ...(i % 7 === 0 ? ['hiker'] : [])], consentSource: 'Newsletter form', consentAt: daysAgo(60),
    ...(i % 41 === 0 && { optedOut: true, optedOutAt: daysAgo(12), optedOutSource: 'keyword' as const }),
  }));
  const contacts = await tx.insert(t.contacts).values(people).returning({ id: t.contacts.id });
  // Their words, as the ledger of consent keeps them.
  await tx.execute(sql`insert into consent_event (organization_id, kind, phone, contact_id, source, evidence, at)
    select organization_id, 'opt_out', phone, id, 'keyword', '{"word":"STOP"}', opted_out_at from contact where organization_id = ${organizationId} and opted_out`);
  const lists = await tx.insert(t.lists).values([
    { organizationId, slug: 'sms-promotions', name: 'SMS promotions' },
    { organizationId, slug: 'customers-with-recent-orders', name: 'Customers with recent orders' },
    { organizationId, slug: 'vip', name: 'VIP customers' },
  ]).returning();
  const member = (list: number, isMember: (i: number) => boolean, data: (i: number) => Record<string, unknown> = () => ({})) =>
    contacts.flatMap(({ id }, i) => (isMember(i) ? [{ organizationId, listId: lists[list]!.id, contactId: id, data: data(i) }] : []));
  await tx.insert(t.listMembers).values([
    ...member(0, (i) => i < 420),
    ...member(1, (i) => i % 4 === 0, (i) => ({ order: { trackingNumber: `TN-${10_000 + i}`, total: `${20 + (i % 80)}.00` } })),
    ...member(2, (i) => i % 25 === 3),
  ]);
  const filter: FilterDefinition = { groups: [{ match: 'all', conditions: [{ kind: 'field', field: 'fields.city', operator: 'is', value: 'Portland' }, { kind: 'field', field: 'fields.points', operator: 'greater', value: 400 }] }, { match: 'any', conditions: [{ kind: 'tag', operator: 'has', tag: 'hiker' }, { kind: 'messaged', operator: 'not_messaged', days: 30 }] }] };
  await tx.insert(t.savedFilters).values({ organizationId, name: 'Portland, many points', definition: filter });
}

async function connectSimulator(ctx: ReturnType<typeof createContext>) {
  const { accountSid, authToken, apiKeySid, apiKeySecret, messagingServiceSid, numbers } = DEMO_ACCOUNT;
  await connectTwilio(ctx, { credentials: { accountSid, authToken, apiKeySid, apiKeySecret }, publicConfig: { messagingServiceSid, defaultSenderNumber: numbers[0]!.phoneNumber } });
  // Decisions about templates are then told at once; without, they are read.
  await connectEvents(ctx).catch(() => {});
}

const orderVariables = { firstName: { sample: 'Ada', fallback: 'there' }, 'order.trackingNumber': { sample: 'TN-10001', fallback: '' } };
/** The second is what Meta refuses: too few words for its variables. */
const TEMPLATES = [
  { name: 'order_shipped', language: 'en', category: 'utility' as const, becomes: 'approved' as const, variables: orderVariables, body: 'Hi {{firstName}}, your order {{order.trackingNumber}} has left our house and will be with you within three days.' },
  { name: 'order_shipped', language: 'de', category: 'utility' as const, becomes: 'approved' as const, variables: orderVariables, body: 'Hallo {{firstName}}, Ihre Bestellung {{order.trackingNumber}} ist unterwegs und in spätestens drei Tagen bei Ihnen.' },
  {
    name: 'spring_offer', language: 'en', category: 'marketing' as const, becomes: 'rejected' as const, body: 'Hi {{firstName}}, in {{city}} 20% off!',
    variables: { firstName: { sample: 'Ada', fallback: 'there' }, city: { sample: 'Portland', fallback: 'your town' } },
  },
  { name: 'appointment_reminder', language: 'en', category: 'utility' as const, becomes: 'draft' as const, variables: { firstName: { sample: 'Ada', fallback: 'there' } }, body: 'Hi {{firstName}}, we look forward to seeing you at our shop tomorrow. Reply here if you cannot come.' },
];

/** Made as a person makes them. The simulator decides about them within seconds; without one they come into the world decided. */
async function seedTemplates(ctx: ReturnType<typeof createContext>) {
  for (const { body, becomes, ...draft } of TEMPLATES) {
    const variables: Record<string, { sample: string; fallback: string }> = Object.fromEntries(Object.entries(draft.variables));
    const { id } = await createTemplate(ctx, { ...draft, variables, content: { type: 'text', body } });
    if (becomes === 'draft') continue;
    if (!env().TWILIO_BASE_URL) await ctx.transaction((tx) => decideByRow(tx, ctx.organizationId, { id, status: becomes, positions: Object.keys(variables) }));
    // A simulator that remembers an earlier demo knows the names already: then they stay drafts.
    else await submitTemplate(ctx, { id }).catch(() => {});
  }
}

const REFUSAL = 'INVALID_FORMAT: This template contains too many variable parameters relative to the message length.';

async function decideByRow(tx: Tx, organizationId: string, { id, status, positions }: { id: string; status: 'approved' | 'rejected'; positions: string[] }) {
  const [submittedAt, decidedAt] = [daysAgo(3), new Date(daysAgo(3).getTime() + 360_000)];
  const reason = status === 'rejected' ? REFUSAL : null;
  await tx.execute(sql`
    update template_version v set status = ${status}::template_status, positions = ${textArray(positions)}::text[], content_sid = 'HX' || md5(v.id::text), external_name = t.name, rejection_reason = ${reason},
      status_source = 'poll', submitted_at = ${submittedAt.toISOString()}, decided_at = ${decidedAt.toISOString()}, checked_at = ${decidedAt.toISOString()}
    from template t where v.organization_id = ${organizationId} and v.id = ${id} and t.organization_id = v.organization_id and t.id = v.template_id`);
  await tx.insert(t.templateEvents).values([
    { organizationId, versionId: id, kind: 'status', before: 'draft', after: 'received', source: 'here', at: submittedAt },
    { organizationId, versionId: id, kind: 'status', before: 'received', after: status, reason, source: 'poll', at: decidedAt },
  ]);
}

const PAST = [
  { days: 12, name: 'Welcome to the spring season', content: 'Hi {{firstName}}, our spring jackets are in. See them: https://acme.example/spring Reply STOP to opt out' },
  { days: 6, name: 'Trail day on Saturday', content: '{{firstName}}, join our trail day this Saturday at 9:00. Sign up: https://acme.example/trail' },
  { days: 2, name: 'Weekend offer', content: '{{firstName}}, 15% off boots until Sunday with code BOOT15: https://acme.example/boots' },
];

/** Finished broadcasts, so that reports, log, dashboard and ledger have something to show. One in forty did not arrive. */
async function seedHistory(tx: Tx, organizationId: string, userId: string) {
  for (const [k, past] of PAST.entries()) {
    const at = daysAgo(past.days);
    const [broadcast] = await tx.insert(t.broadcasts).values({
      organizationId, name: past.name, channel: 'sms', status: 'sent', content: past.content, createdBy: userId, createdAt: at, updatedAt: at, startedAt: at,
      finishedAt: new Date(at.getTime() + 5_000), currency: 'USD',
    }).returning();
    await tx.execute(sql`insert into broadcast_list (organization_id, broadcast_id, list_id, position) select ${organizationId}, ${broadcast!.id}, id, 0 from list where organization_id = ${organizationId} and slug = 'sms-promotions'`);
    await seedDeliveries(tx, organizationId, broadcast!.id, at.toISOString(), k);
  }
}

async function seedDeliveries(tx: Tx, organizationId: string, broadcastId: string, at: string, k: number) {
  await tx.execute(sql`
    insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient, status, reason, method, segments, attempts, provider_message_id, sender, error_code,
      estimate, price, price_unit, handed_at, sent_at, delivered_at, failed_at)
    select ${organizationId}, ${broadcastId}, n, id, phone, s.status::delivery_status,
      case when s.status = 'skipped' then 'opted_out' when s.status = 'undelivered' then 'twilio_error' end, case when s.status <> 'skipped' then 'sms'::delivery_method end,
      case when s.status <> 'skipped' then 1 end, case when s.status = 'skipped' then 0 else 1 end, case when s.status <> 'skipped' then 'SM' || md5(${broadcastId}::text || n) end,
      case when s.status <> 'skipped' then '+14155551234' end, case when s.status = 'undelivered' then (array[30003, 30005, 30007])[1 + n % 3] end,
      case when s.status <> 'skipped' then 0.0083 end, case when s.status <> 'skipped' then 0.0083 end, case when s.status <> 'skipped' then 'USD' end,
      t.sent, t.sent, case when s.status = 'delivered' then t.sent + make_interval(secs => 1 + n % 7) end, case when s.status = 'undelivered' then t.sent + interval '4 seconds' end
    from (select c.*, row_number() over (order by c.opted_out, c.id)::int as n from contact c join list_member m on m.organization_id = c.organization_id and m.contact_id = c.id
      join list l on l.organization_id = m.organization_id and l.id = m.list_id and l.slug = 'sms-promotions' where c.organization_id = ${organizationId}) person
    cross join lateral (select case when opted_out then 'skipped' when (n + ${k}) % 40 = 0 then 'undelivered' else 'delivered' end as status) s
    cross join lateral (select case when not opted_out then ${at}::timestamptz + make_interval(secs => n / 100.0) end as sent) t`);
  await tx.execute(sql`
    insert into attempt (organization_id, token, broadcast_id, seq, n, pace_id, account_sid, recipient, body, segments, method, sender, estimate, state, worker_id, intent_at, lease_until, sid, http_status, answered_at, resolved_by)
    select d.organization_id, md5('token' || d.provider_message_id), d.broadcast_id, d.seq, 1, coalesce((select id from pace where organization_id = d.organization_id limit 1), d.broadcast_id), ${DEMO_ACCOUNT.accountSid},
      d.recipient, replace(b.content, '{{firstName}}', c.first_name), 1, 'sms', d.sender, d.estimate, 'accepted', 'seed', d.handed_at, d.handed_at, d.provider_message_id, 201, d.handed_at + interval '90 milliseconds', 'response'
    from broadcast_delivery d join broadcast b on b.organization_id = d.organization_id and b.id = d.broadcast_id join contact c on c.organization_id = d.organization_id and c.id = d.contact_id
    where d.organization_id = ${organizationId} and d.broadcast_id = ${broadcastId} and d.provider_message_id is not null`);
  await tx.execute(sql`
    insert into message_event (organization_id, broadcast_id, seq, sid, provider_status, status, error_code, source, received_at)
    select d.organization_id, d.broadcast_id, d.seq, d.provider_message_id, e.word, e.word::delivery_status, case when e.word = 'undelivered' then d.error_code else 0 end, 'callback', e.at
    from broadcast_delivery d cross join lateral (values ('sent', d.sent_at + interval '300 milliseconds'), (d.status::text, coalesce(d.delivered_at, d.failed_at))) e(word, at)
    where d.broadcast_id = ${broadcastId} and d.provider_message_id is not null`);
  await tx.execute(sql`
    insert into ledger_entry (organization_id, sid, broadcast_id, seq, channel, amount, currency, segments, country, sender, day, created_at)
    select organization_id, provider_message_id, broadcast_id, seq, 'sms', price, price_unit, segments, 'US', sender, (handed_at at time zone 'UTC')::date, handed_at + interval '2 hours' from broadcast_delivery
    where broadcast_id = ${broadcastId} and price is not null`);
  // The triggers follow messages through their life; these came into the world finished.
  await tx.execute(sql`
    insert into broadcast_duration_rollup (organization_id, broadcast_id, shard, bucket, deliveries)
    select organization_id, broadcast_id, 0, duration_bucket(handed_at, delivered_at), count(*) from broadcast_delivery
    where broadcast_id = ${broadcastId} and handed_at is not null and delivered_at is not null group by 1, 2, 4`);
  await tx.execute(sql`
    insert into contact_reach as r (organization_id, contact_id, last_handed_at, last_broadcast_id)
    select organization_id, contact_id, handed_at, broadcast_id from broadcast_delivery where broadcast_id = ${broadcastId} and handed_at is not null
    on conflict (organization_id, contact_id) do update set last_handed_at = excluded.last_handed_at, last_broadcast_id = excluded.last_broadcast_id where excluded.last_handed_at > r.last_handed_at`);
  await tx.execute(sql`
    update broadcast set total = (select count(*) from broadcast_delivery where broadcast_id = ${broadcastId} and status <> 'skipped'),
      last_seq = (select count(*) from broadcast_delivery where broadcast_id = ${broadcastId}), claimed_seq = (select count(*) from broadcast_delivery where broadcast_id = ${broadcastId} and status <> 'skipped'),
      excluded = jsonb_build_object('optedOut', (select count(*) from broadcast_delivery where broadcast_id = ${broadcastId} and status = 'skipped')),
      estimate = (select sum(estimate) from broadcast_delivery where broadcast_id = ${broadcastId})
    where organization_id = ${organizationId} and id = ${broadcastId}`);
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
