import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { Agent, request } from 'undici';
import { inSystem, rows } from '#db/index.ts';
import { dice, forge, type Forgery, type Target } from '#server/api/forgery.fixture.ts';
import { count, report, type Figures, type Row } from './report.ts';
import { ready, type Part, type Rig } from './rig.ts';

const CONNECTIONS = 20;
const standalone = path.resolve(import.meta.dirname, '../../.next/standalone/server.js');
/** What the process may hold more after the last forgery than after the first third, in MB: the heap breathes, it does not grow. */
const MOST_GROWTH = 64;

/** P74: forged and malformed requests at Twilio's three doors: all refused, none kept, no fault of ours, no memory lost. */
export async function benchFuzz(rig: Rig, { quick }: { quick: boolean }): Promise<void> {
  const forgeries = quick ? 3_000 : 24_000;
  const { ctx, account } = await rig.organization();
  const target = { publicUrl: rig.env.PUBLIC_URL, organizationId: ctx.organizationId, accountSid: account.accountSid, authToken: account.authToken, sender: account.numbers[0]!.phoneNumber, person: '+12025550143' };
  const table: Row[] = [];
  const figures: Figures = {};
  const servers: Array<[string, string[]]> = [['bare node:http', ['e2e/bench/webhook-server.ts']]];
  if (fs.existsSync(standalone)) servers.push(['Next.js routes', [standalone]]);
  for (const [name, args] of servers) {
    const before = await kept(rig);
    const server = rig.begin(name, args, { NODE_ENV: 'production', LOG_LEVEL: 'fatal' });
    await ready(`${rig.env.PUBLIC_URL}/connect/webhook/twilio/status`);
    const { byStatus, faults, taken, memory } = await throwAll(rig, server, target, forgeries);
    const left = (await kept(rig)) === before ? 0 : 1;
    await rig.end(server);
    const refused = byStatus.get(403) ?? 0;
    const growth = Math.max(...memory.slice(-3)) - Math.max(...memory.slice(Math.floor(memory.length / 3), Math.floor(memory.length / 3) + 3));
    table.push(
      { measured: `${name}: refused with 403`, value: `${count(refused)} of ${count(forgeries)}`, goal: 'all', met: refused === forgeries },
      { measured: `${name}: answered with 5xx, or not at all`, value: count(faults.length), goal: 'none', met: faults.length === 0 },
      { measured: `${name}: tables that changed`, value: left === 0 ? 'none' : 'some', goal: 'none', met: left === 0 },
      { measured: `${name}: memory, a third of the way to the end`, value: `${growth >= 0 ? '+' : ''}${growth.toFixed(0)} MB at ${memory.at(-1)?.toFixed(0)} MB`, goal: `below +${MOST_GROWTH} MB`, met: growth < MOST_GROWTH },
    );
    for (const wrong of [...faults, ...taken].slice(0, 10)) console.error(`  ${wrong}`);
    const key = name.startsWith('Next') ? 'next' : 'bare';
    Object.assign(figures, { [`${key}Refused`]: refused, [`${key}Faults`]: faults.length, [`${key}Stored`]: left, [`${key}GrowthMb`]: Math.round(growth), [`${key}Statuses`]: JSON.stringify([...byStatus]) });
  }
  report('fuzz', `Forged and malformed webhooks: ${count(forgeries)}, ${CONNECTIONS} connections`, table, figures);
  if (table.some(({ met }) => met === false)) throw new Error('not all forgeries were refused without a trace');
}

async function throwAll(rig: Rig, server: Part, target: Target, forgeries: number) {
  const random = dice(20_260);
  const agent = new Agent({ connections: CONNECTIONS });
  const byStatus = new Map<number, number>();
  const [faults, taken, memory]: [string[], string[], number[]] = [[], [], []];
  let made = 0;
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (made < forgeries) {
      if (made++ % Math.floor(forgeries / 60) === 0) memory.push(residentMb(server));
      const one = forge(random, target);
      const status = await send(rig, agent, one);
      byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
      if (status === 0 || status >= 500) faults.push(`${one.what}: ${status || 'no answer'}`);
      else if (status !== 403) taken.push(`${one.what}: ${status}`);
    }
  }));
  await agent.close();
  return { byStatus, faults, taken, memory };
}

async function send(rig: Rig, dispatcher: Agent, { path: at, headers, body }: Forgery): Promise<number> {
  // What a header cannot hold is nothing that anybody can send.
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace(/[^\x20-\x7e\x80-\xff]/g, '?')]));
  try {
    const answer = await request(rig.env.PUBLIC_URL + at, { method: 'POST', headers: sent, body: Buffer.from(body), dispatcher });
    await answer.body.dump();
    return answer.statusCode;
  } catch { return 0; }
}

/** Resident memory of a process, in MB; Linux only, elsewhere it is not measured. */
function residentMb({ child }: Part): number {
  try { return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024; } catch { return 0; }
}

/** All that a webhook could leave behind. */
async function kept({ db }: Rig): Promise<string> {
  return JSON.stringify(await inSystem(db, (tx) => rows(tx, sql`
    select (select count(*) from chat_message) as messages, (select count(*) from conversation) as conversations, (select count(*) from message_event) as events, (select count(*) from template_event) as decisions,
      (select count(*) from consent_event) as consents, (select count(*) from contact) as contacts, (select count(*) from kept_opt_out) as kept, (select count(*) from activity) as activities`)));
}
