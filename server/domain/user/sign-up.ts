import { memberships, organizations, users } from '#db/schema/index.ts';
import { inSystem } from '#db/index.ts';
import { Problem } from '#server/errors.ts';
import { hashPassword } from '#server/domain/user/password.ts';
import { signUpInput, type SignUpInput } from '#server/domain/user/schema.ts';
import { admit } from '#server/domain/user/throttle.ts';
import { blindName, network, type Visit } from '#server/domain/user/visit.ts';

/**
 * A new person with an organisation of their own: user, organisation and ownership, or nothing.
 * @throws Problem already_exists when the e-mail has an account, too_many_requests when one address makes many
 */
export async function signUp(visit: Visit, input: SignUpInput): Promise<{ userId: string; organizationId: string }> {
  const { name, email, password, organizationName, timeZone } = signUpInput.parse(input);
  if (visit.address) await admit(visit, [{ key: blindName(visit, 'sign-up', network(visit.address)), free: 10, longest: 60 * 60 }]);
  const passwordHash = await hashPassword(password);
  return inSystem(visit.db, async (tx) => {
    const [user] = await tx.insert(users).values({ name, email, passwordHash }).onConflictDoNothing().returning({ id: users.id });
    if (!user) throw emailTaken();
    const [organization] = await tx.insert(organizations).values({ name: organizationName, timeZone }).returning({ id: organizations.id });
    if (!organization) throw new Error('insert returned no row');
    await tx.insert(memberships).values({ organizationId: organization.id, userId: user.id, role: 'owner' });
    return { userId: user.id, organizationId: organization.id };
  });
}

function emailTaken() {
  const message = 'This e-mail has an account already. Sign in with it, or use another e-mail.';
  return new Problem('already_exists', message, { details: [{ field: 'email', code: 'already_exists', message }] });
}
