import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { Agent, request } from 'undici';
import { createBroadcast } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { signForm } from '#server/twilio/simulator/signature.ts';
import { count, quantile, report, type Figures, type Row } from './report.ts';
import { ready, type Part, type Rig } from './rig.ts';

const CONNECTIONS = 50;
const WORDS = ['queued', 'sent', 'delivered'];
const standalone = path.resolve(import.meta.dirname, '../../.next/standalone/server.js');

type Attempt = { token: string; sid: string; recipient: string };

/** P35: signed status callbacks, each answered only when it is durable. Every 204 must be found in message_event. */
export async function benchWebhooks(rig: Rig, { quick }: { quick: boolean }): Promise<void> {
  const messages = quick ? 1_000 : 10_000;
  const table: Row[] = [];
  const figures: Figures = {};
  const servers: Array<[string, string[]]> = [['bare node:http', ['e2e/bench/webhook-server.ts']]];
  if (fs.existsSync(standalone)) servers.push(['Next.js route', [standalone]]);
  for (const [name, args] of servers) {
    const server = rig.begin(name, args, { NODE_ENV: 'production' });
    const { rate, p99, lost, refused } = await measure(rig, messages);
    await rig.end(server satisfies Part);
    table.push(
      { measured: `${name}: callbacks`, value: `${count(rate)}/s`, goal: 'at least 300/s: 100 messages/s with 3 callbacks each', met: rate >= 300 },
      { measured: `${name}: p99`, value: `${p99.toFixed(0)} ms`, goal: 'below 1 s', met: p99 < 1_000 },
      { measured: `${name}: acknowledged and not stored`, value: count(lost), goal: 'none', met: lost === 0 && refused === 0 },
    );
    const key = name.startsWith('Next') ? 'next' : 'bare';
    Object.assign(figures, { [`${key}PerSecond`]: rate, [`${key}P99`]: p99, [`${key}Lost`]: lost, [`${key}Refused`]: refused });
  }
  report('webhooks', `Status callbacks: ${count(messages * WORDS.length)}, ${CONNECTIONS} connections`, table, figures);
}

async function measure(rig: Rig, messages: number) {
  const { ctx, account } = await rig.organization();
  const attempts = await writeAttempts(rig, ctx.organizationId, account.accountSid, messages);
  const url = (token: string) => `${rig.env.PUBLIC_URL}/connect/webhook/twilio/status?orgid=${ctx.organizationId}&attempt=${token}`;
  await ready(`${rig.env.PUBLIC_URL}/connect/webhook/twilio/status`);
  const requests = WORDS.flatMap((word) => attempts.map(({ token, sid, recipient }) => {
    const form = { MessageSid: sid, MessageStatus: word, AccountSid: account.accountSid, To: recipient, From: account.numbers[0]!.phoneNumber, SmsSid: sid, SmsStatus: word, ApiVersion: '2010-04-01' };
    return { url: url(token), signature: signForm(account.authToken, url(token), form), body: new URLSearchParams(form).toString(), fact: `${sid} ${word}` };
  }));
  await post(requests.slice(0, 200)); // warm
  const { took, times, acknowledged } = await post(requests.slice(200));
  const stored = new Set((await inSystem(rig.db, (tx) => rows<{ fact: string }>(tx, sql`select sid || ' ' || provider_status as fact from message_event where organization_id = ${ctx.organizationId}`))).map(({ fact }) => fact));
  return { rate: (times.length * 1_000) / took, p99: quantile(times, 0.99), lost: acknowledged.filter((fact) => !stored.has(fact)).length, refused: requests.length - 200 - acknowledged.length };
}

async function post(requests: Array<{ url: string; signature: string; body: string; fact: string }>) {
  const agent = new Agent({ connections: CONNECTIONS, pipelining: 1 });
  const [times, acknowledged]: [number[], string[]] = [[], []];
  let next = 0;
  const begun = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    for (let one = requests[next++]; one; one = requests[next++]) {
      const at = performance.now();
      const answer = await request(one.url, { method: 'POST', headers: { 'x-twilio-signature': one.signature, 'content-type': 'application/x-www-form-urlencoded' }, body: one.body, dispatcher: agent });
      await answer.body.dump();
      times.push(performance.now() - at);
      if (answer.statusCode === 204) acknowledged.push(one.fact);
    }
  }));
  const took = performance.now() - begun;
  await agent.close();
  return { took, times, acknowledged };
}

/** Messages that Twilio has taken: deliveries and their attempts, by two statements. */
async function writeAttempts(rig: Rig, organizationId: string, accountSid: string, messages: number): Promise<Attempt[]> {
  const { id } = await createBroadcast(rig.db, organizationId, { status: 'sent' });
  await inSystem(rig.db, (tx) => tx.execute(sql`
    insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, status, provider_message_id, handed_at, segments, attempts, estimate, method)
    select ${organizationId}, ${id}, i, '+1' || (2024000000 + i), 'sending', 'SM' || md5(${id} || i), now(), 1, 1, 0.0083, 'sms' from generate_series(1, ${messages}::int) i`));
  const attempts = await inSystem(rig.db, (tx) => rows<Attempt>(tx, sql`
    insert into attempt (organization_id, token, broadcast_id, seq, n, pace_id, account_sid, recipient, body, segments, method, estimate, sender, worker_id, lease_until, state, sid)
    select organization_id, md5(recipient || broadcast_id), broadcast_id, seq, 1, gen_random_uuid(), ${accountSid}, recipient, 'Hi', 1, 'sms', 0.0083, '+14155551234', 'bench', now(), 'accepted', provider_message_id
    from broadcast_delivery where broadcast_id = ${id} returning token, sid, recipient`));
  await rig.db.execute(sql`analyze broadcast_delivery, attempt`); // as after a real send
  return attempts;
}
