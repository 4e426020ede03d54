import { expect, test } from 'vitest';
import { createOrganization } from '#db/factories.ts';
import { createContext } from '#server/context.ts';
import { checkBalance } from './check-balance.ts';
import { pipeline } from './pipeline.fixture.ts';

const { db, simulator, organization } = await pipeline();

test('the balance is compared with the likely cost, and asked of Twilio once a minute at most', async () => {
  const { ctx, account } = await organization();
  let now = Date.now();
  const at = { ...ctx, now: () => new Date(now) };
  const left = simulator.state.accounts.get(account.accountSid)!;
  left.balance = 2_500_000;
  expect(await checkBalance(at, { amount: '1.000000', currency: 'USD' })).toMatchObject({ status: 'pass', detail: '25.00 USD is left, enough for the likely cost.' });
  const short = await checkBalance(at, { amount: '9999999', currency: 'USD' });
  expect(short).toMatchObject({ status: 'warn', code: 'balance_low' });
  left.balance = 0;
  expect(await checkBalance(at, { amount: '1.000000', currency: 'USD' })).toMatchObject({ status: 'pass' });
  now += 61_000;
  expect(await checkBalance(at, { amount: '1.000000', currency: 'USD' })).toMatchObject({ status: 'warn', code: 'balance_low' });
});

test('an account that is not connected or does not answer is a warning, never a failure', async () => {
  const { id } = await createOrganization(db);
  expect(await checkBalance(createContext(db, id, { kind: 'system', task: 'test' }), { amount: '1', currency: 'USD' })).toMatchObject({ status: 'warn', code: 'balance_unknown' });
});
