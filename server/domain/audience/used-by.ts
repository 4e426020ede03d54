import { Problem } from '#server/errors.ts';

type User = { id: string; name: string; status: string };

/** @throws Problem invalid_state naming the broadcasts, when there are any */
export function refuseUsedBy(name: string, users: User[], remedy: string): void {
  if (users.length === 0) return;
  const named = users.slice(0, 5).map((broadcast) => `‘${broadcast.name}’ (${broadcast.status})`).join(', ');
  const more = users.length > 5 ? ` and ${users.length - 5} more` : '';
  throw new Problem('invalid_state', `‘${name}’ is used by ${named}${more}. ${remedy} there, or wait until it is sent, then delete this one.`, { data: { broadcasts: users } });
}
