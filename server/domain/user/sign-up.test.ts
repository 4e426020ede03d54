import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { inSystem } from '#db/index.ts';
import { memberships, organizations, users } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { signIn } from '#server/domain/user/sign-in.ts';
import { signUp } from '#server/domain/user/sign-up.ts';
import { admit } from '#server/domain/user/throttle.ts';
import { testVisit } from '#server/domain/user/test-visit.ts';
import { blindName, network } from '#server/domain/user/visit.ts';

const { db } = await testDatabase();
const { visit } = testVisit(db);
const ann = { name: 'Ann Lee', email: ' Ann@Example.com ', password: 'correct horse battery', organizationName: 'Bakery', timeZone: 'Europe/Berlin' };

test('signing up makes a user, an organisation and its ownership, and the password signs in', async () => {
  const { userId, organizationId } = await signUp(visit, ann);
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  expect(user).toMatchObject({ email: 'ann@example.com', name: 'Ann Lee' });
  expect(user?.passwordHash).toMatch(/^scrypt\$131072\$8\$1\$/);
  expect(await db.select().from(organizations)).toMatchObject([{ id: organizationId, name: 'Bakery', timeZone: 'Europe/Berlin' }]);
  expect(await inSystem(db, (tx) => tx.select().from(memberships))).toMatchObject([{ organizationId, userId, role: 'owner' }]);
  expect(await signIn(visit, { email: 'ANN@example.com', password: ann.password })).toMatchObject({ id: userId });
});

test('an e-mail that is taken, in whatever case, is refused and leaves nothing behind', async () => {
  const count = async () => Number((await db.execute(sql`select count(*) as n from organization`))[0]?.n);
  const before = await count();
  await expect(signUp(visit, { ...ann, email: 'ANN@EXAMPLE.COM', organizationName: 'Other' })).rejects.toMatchObject({ code: 'already_exists', details: [{ field: 'email' }] });
  expect(await count()).toBe(before);
});

test('one address cannot make accounts without end', async () => {
  const from = testVisit(db, { address: '2001:db8:7::1' }).visit;
  const limit = { key: blindName(from, 'sign-up', network('2001:db8:7::1')), free: 10, longest: 3600 };
  for (let n = 0; n < 11; n++) await admit(from, [limit]);
  await expect(signUp({ ...from, address: '2001:db8:7::2' }, { ...ann, email: 'bob@example.com' })).rejects.toMatchObject({ code: 'too_many_requests', data: { retryAfter: 1 } });
});
