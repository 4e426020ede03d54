import { bearer, signedIn } from '#server/auth.ts';
import { isFromOurPages } from '#server/api/same-origin.ts';
import { createContext, type Context } from '#server/context.ts';
import { database } from '#server/database.ts';
import { env } from '#server/env.ts';
import { Problem } from '#server/errors.ts';

/**
 * Who asks at a door that moves files: a program by its token, or the browser by its session, then from our own pages only.
 * @throws Problem 401; forbidden for a foreign page; invalid_state after a switch of the organisation in another tab
 */
export async function callerOf(request: Request): Promise<Context> {
  if (request.headers.has('authorization')) return bearer(request.headers);
  const { PUBLIC_URL } = env();
  if (!isFromOurPages(request, PUBLIC_URL)) throw new Problem('forbidden', `This address answers pages of ${PUBLIC_URL}, and programs with a token: see /api/docs.`);
  const session = await signedIn();
  if (!session) throw new Problem('missing_authorization_header', 'Sign in to go on.');
  const { organizationId, role, userId, address, sessionId } = session;
  if (!organizationId || !role) throw new Problem('forbidden', 'Choose an organisation first.');
  const expected = request.headers.get('x-organization-id');
  if (expected && expected !== organizationId) throw new Problem('invalid_state', 'You switched to another organisation in another tab. Reload this page to go on.');
  return createContext(database(), organizationId, { kind: 'user', userId, role, address, sessionId });
}
