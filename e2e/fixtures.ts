import { AxeBuilder } from '@axe-core/playwright';
import { expect, request as standalone, test as base, type APIRequestContext, type Locator, type Page } from '@playwright/test';
import postgres from 'postgres';

/** The message of the product's source document. */
export const MESSAGE = '{{firstName}}, 20% off this weekend with code MAR20: https://acme.app/m';
export const PASSWORD = 'a few words that nobody guesses';
export const DEMO = { email: 'demo@hailer.test', password: 'hailer-demo' };

export type SimulatedAccount = {
  accountSid: string; authToken: string; apiKeySid: string; apiKeySecret: string; messagingServiceSid: string; numbers: { phoneNumber: string; kind: string }[];
  whatsAppSenders: { sid: string; senderId: string }[];
};
export type Organization = { email: string; name: string; rest: Rest; twilio: SimulatedAccount };
type Answer = { status: number; body: unknown };
export type Rest = (method: 'GET' | 'POST' | 'PATCH', path: string, data?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** What a page complained about. An answer of 401, 402 and the like is the product at work, where a journey asks for it. */
export type Complaints = { list: string[]; expected: RegExp };

export const test = base.extend<{ complaints: Complaints }>({
  // The address exists only once the stack is up.
  baseURL: async ({ baseURL }, provide) => provide(baseURL ?? address('E2E_URL')),
  viewport: { width: 1280, height: 860 },
  // Every journey also promises silence: no error in the console, nothing thrown, nothing blocked by the content security policy.
  complaints: [async ({ context }, provide) => {
    const complaints: Complaints = { list: [], expected: /the server responded with a status of (401|402|409)/ };
    const add = (text: string) => { if (!complaints.expected.test(text)) complaints.list.push(text); };
    context.on('console', (message) => { if (message.type() === 'error') add(`${message.text()} (${message.location().url})`); });
    context.on('weberror', (error) => add(`thrown: ${error.error().message}`));
    await provide(complaints);
    expect(complaints.list, 'what the browser complained about').toEqual([]);
  }, { auto: true }],
});
export { expect };

export function address(name: 'E2E_URL' | 'E2E_SIMULATOR' | 'E2E_DATABASE' | 'E2E_PUSH'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: e2e/stack.ts sets it`);
  return value;
}

/** WCAG 2.2 A and AA as far as a machine can tell: nothing at all is tolerated. */
export async function expectAccessible(page: Page): Promise<void> {
  // Colours on their way from one to another have no contrast of their own: what moves ends, and nothing begins to move meanwhile.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(() => Promise.all(document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations !== Infinity).map((each) => each.finished.catch(() => null))));
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']).analyze();
  expect(violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')}  ${node.failureSummary ?? ''}`).join('\n')}`)).toEqual([]);
}

/** The same in light and dark, wide and on a phone, with nothing to scroll sideways; the page is left wide and light. */
export async function expectAccessibleEverywhere(page: Page): Promise<void> {
  for (const [width, colorScheme] of [[1280, 'dark'], [375, 'dark'], [375, 'light'], [1280, 'light']] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 860 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `pixels too wide at ${width}`).toBeLessThanOrEqual(0);
  }
}

/** Opens a page and waits until its script is there: what is typed or pressed earlier belongs to nobody yet. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll('main :is(input, textarea, button), main a')];
    return controls.length > 0 && controls.every((control) => Object.keys(control).some((key) => key.startsWith('__reactProps')));
  });
  // The keys are listened to a moment later, when the effects have run.
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestIdleCallback(() => resolve(null), { timeout: 2_000 })); }));
}

/** Signs in without the form, for journeys that are about something else. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json() as { csrfToken: string };
  const answer = await page.request.post('/api/auth/callback/credentials', { form: { email, password, csrfToken, callbackUrl: '/', json: 'true' }, headers: { 'x-forwarded-for': ownAddress() } });
  expect(await answer.text()).not.toContain('error');
}

/** Sign-ups of one run must differ, in parallel too. */
export const freshEmail = (name: string) => `${name}.${process.pid}.${Date.now()}@example.com`;

/** A new account at the simulated Twilio; numbers get through, prices come at once. */
export async function simulatedAccount(wishes: { brandScore?: number; friendlyName?: string; whatsApp?: boolean } = {}): Promise<SimulatedAccount> {
  const account = await simulator<SimulatedAccount>('accounts', wishes);
  await simulator('config', { accountSid: account.accountSid, priceDelaySeconds: 0, resultMix: { 30003: 0, 30005: 0, 30007: 0, 30008: 0 } });
  return account;
}

/** Asks the simulator itself: a question without a body, an order with one. */
export async function simulator<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`${address('E2E_SIMULATOR')}/_sim/${path}`, body ? { method: 'POST', body: JSON.stringify(body) } : {});
  if (!response.ok) throw new Error(`simulator ${path}: ${await response.text()}`);
  return await response.json() as T;
}

/** When messages of an account reached the simulated Twilio, in its own milliseconds. */
export async function arrivals(account: SimulatedAccount): Promise<{ count: number; to: string[] }> {
  return simulator(`arrivals?accountSid=${account.accountSid}&fields=to`);
}

/** An organisation of one's own, ready but for the agreement: signed up, Twilio connected, `people` on the list `friends`. */
export async function organization(name: string, wishes: { brandScore?: number; people?: number; hasAccepted?: boolean; whatsApp?: boolean } = {}): Promise<Organization> {
  const email = freshEmail(name.toLowerCase().replaceAll(' ', '.'));
  const api = await standalone.newContext({ baseURL: address('E2E_URL') });
  await signUp(api, { name: `Owner of ${name}`, organizationName: name, email });
  const rest = await restOf(api, email, PASSWORD);
  const twilio = await simulatedAccount({ friendlyName: name, ...(wishes.whatsApp ? { whatsApp: true } : {}), ...(wishes.brandScore === undefined ? {} : { brandScore: wishes.brandScore }) });
  await ok(rest('POST', '/upstream/save-integration', integrationOf(twilio)));
  if (wishes.people) await ok(rest('POST', '/crm/contacts/import', { fileName: 'friends.csv', csv: peopleCsv(wishes.people), listName: 'Friends' }));
  if (wishes.hasAccepted) await ok(rest('POST', '/org-management/services/bulk-sms/agreement/accept', {}));
  return { email, name, rest, twilio };
}

/** The organisation's Messaging Service hands on what people write: to us, as it should, or to another address. */
export async function handingOn(shop: Organization, url = `${address('E2E_URL')}/connect/webhook/twilio/sms`): Promise<Organization> {
  const { accountSid, authToken, messagingServiceSid } = shop.twilio;
  const answer = await fetch(`${address('E2E_SIMULATOR')}/v1/Services/${messagingServiceSid}`, {
    method: 'POST', body: new URLSearchParams({ InboundRequestUrl: url }),
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`, 'x-twilio-host': 'messaging.twilio.com' },
  });
  expect(answer.status, await answer.text()).toBe(200);
  return shop;
}

let addresses = 0;
/** Sign-ups and sign-ins are slowed down per address, as behind a proxy; in a journey each comes from their own. */
const ownAddress = () => `10.${process.pid % 256}.${(addresses >> 8) % 256}.${++addresses % 256}`;

export async function signUp(api: APIRequestContext, person: { name: string; organizationName: string; email: string }): Promise<void> {
  const origin = address('E2E_URL');
  const answer = await api.post('/api/trpc/user.signUp', { data: { json: { ...person, password: PASSWORD, timeZone: 'UTC' } }, headers: { origin, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': ownAddress() } });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** The developers' door with a token of this person. */
export async function restOf(api: APIRequestContext, email: string, password: string): Promise<Rest> {
  const { data } = await (await api.post('/profile/signin', { data: { data: { email, password } }, headers: { 'x-forwarded-for': ownAddress() } })).json() as { data: { token: string } };
  return async (method, path, body, headers) => {
    const response = await api.fetch(path, { method, headers: { authorization: `Bearer ${data.token}`, ...headers }, ...(body === undefined ? {} : { data: { data: body } }) });
    const text = await response.text();
    return { status: response.status(), body: text ? JSON.parse(text) as unknown : null };
  };
}

/** The answer's `data`, when it is a good one. Its type is what the API's document promises; server/api/rest tests keep that. */
export const ok = async <T>(pending: Promise<Answer>): Promise<T> => (await good<{ data: T }>(pending)).data;

/** A good page of a list. */
export const okPage = <T>(pending: Promise<Answer>): Promise<{ data: T[]; total: number }> => good(pending);

async function good<T>(pending: Promise<Answer>): Promise<T> {
  const { status, body } = await pending;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body as T;
}

export const integrationOf = (account: SimulatedAccount) => ({
  type: 'twilio',
  credentials: { accountSid: account.accountSid, authToken: account.authToken, apiKeySid: account.apiKeySid, apiKeySecret: account.apiKeySecret },
  publicConfig: { messagingServiceSid: account.messagingServiceSid, defaultSenderNumber: account.numbers[0]?.phoneNumber },
});

const FIRST_NAMES = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Grace', 'Hugo', 'Iris', 'Jack'];
export const person = (i: number) => ({ firstName: FIRST_NAMES[i % FIRST_NAMES.length] ?? '', lastName: `Tester ${i}`, phone: `+1${[202, 212, 303, 415, 646][i % 5]}555${String(1000 + Math.floor(i / 5)).padStart(4, '0')}` });

/** A CSV file as people have it: their own words for the columns. */
export const peopleCsv = (count: number): string =>
  ['First name,Last name,Phone', ...Array.from({ length: count }, (_, i) => person(i)).map((each) => `${each.firstName},${each.lastName},${each.phone}`)].join('\n');

/** The numbers of the counts that a broadcast's page shows, read in one moment. */
export async function shownCounts(page: Page): Promise<Record<string, number>> {
  return page.getByRole('region', { name: 'Counts' }).evaluate((region) => Object.fromEntries([...region.querySelectorAll('dt')].map((term) => [term.textContent ?? '', Number(term.nextElementSibling?.textContent?.replaceAll(',', ''))])));
}

/** What stands in the tiles adds up to what the last one says, and that is everybody. */
export function expectToAddUp(counts: Record<string, number>, everybody: number): void {
  const { Together: together, ...states } = counts;
  expect(together, JSON.stringify(counts)).toBe(everybody);
  expect(Object.values(states).reduce((sum, count) => sum + count, 0), JSON.stringify(counts)).toBe(everybody);
}

/** Accepts the agreement in the dialog that a 402 opens. */
export async function acceptAgreement(dialog: Locator): Promise<void> {
  await dialog.getByLabel('I accept this for my organisation.').check();
  await dialog.getByRole('button', { name: 'Accept and continue to send' }).click();
}

/** A send from the review waits for a minute in which it can be taken back; "Send now" on the broadcast's page ends that. */
export async function endHold(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Hold' }).getByRole('button', { name: 'Send now' }).click();
}

/** The database as the system sees it, for what no door does: time that has passed. */
export async function inDatabase<T>(act: (sql: postgres.TransactionSql) => Promise<T>): Promise<T> {
  const sql = postgres(address('E2E_DATABASE'), { max: 1, onnotice: () => {} });
  // Row-level security holds for tests too, so they say that they act for the system.
  try {
    return await sql.begin(async (tx) => { await tx`select set_config('app.scope', 'system', true)`; return act(tx); }) as T;
  } finally { await sql.end(); }
}

/** Puts a person into the organisation with a role, beside the one that they signed up with. */
export async function join(email: string, organizationName: string, role: 'owner' | 'admin' | 'marketer' | 'support' | 'viewer'): Promise<void> {
  // Inviting people has no page yet.
  await inDatabase(async (tx) => {
    await tx`delete from membership where user_id = (select id from "user" where email = ${email})`;
    await tx`insert into membership (organization_id, user_id, role) select o.id, u.id, ${role}::role from organization o, "user" u where o.name = ${organizationName} and u.email = ${email}`;
  });
}
