import { Problem } from '#server/errors.ts';

/** Runs a write of a name that only one rule may have. @throws Problem already_exists */
export async function refusingTakenName<T>(name: string | undefined, write: () => Promise<T>): Promise<T> {
  try { return await write(); } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (!(cause instanceof Error && 'constraint_name' in cause && cause.constraint_name === 'keyword_rule_name')) throw error;
    const message = `There is a rule with the name ‘${name ?? ''}’ already. Choose another name.`;
    throw new Problem('already_exists', message, { details: [{ field: 'name', code: 'taken', message }] });
  }
}
