import type { Role } from '#server/context.ts';

/** The person behind a request, with the organisation in which they work now. */
export type SignedIn = {
  userId: string; name: string; email: string; sessionId: string;
  organizationId: string | null; role: Role | null; address: string | null;
};

/** The session of the current request, or null. */
export async function signedIn(): Promise<SignedIn | null> {
  throw new Error('signedIn: not built yet');
}
