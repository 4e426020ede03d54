import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';

/**
 * Says to others how far the import of this transaction is, 0 to 1. Nothing that a transaction writes is seen before it ends, but the name of its
 * connection is, at once; it is the old one again when the transaction ends, however it does.
 */
export const tellProgress = async (tx: Tx, uploadId: string, share: number) => void await tx.execute(sql`select set_config('application_name', ${`${nameOf(uploadId)}${Math.floor(share * 100)}`}, true)`);

/** How far imports that are being written are, by id of their upload, 0 to 1. */
export async function readProgress(tx: Tx, uploadIds: readonly string[]): Promise<Map<string, number>> {
  if (uploadIds.length === 0) return new Map();
  const found = await rows<{ id: string; percent: string }>(tx, sql`
    select u.id, substr(a.application_name, length(u.name) + 1) as percent from json_to_recordset(${JSON.stringify(uploadIds.map((id) => ({ id, name: nameOf(id) })))}::json) as u(id text, name text)
    join pg_stat_activity a on starts_with(a.application_name, u.name)`);
  return new Map(found.map(({ id, percent }) => [id, Number(percent) / 100]));
}

/** Postgres cuts the name of a connection after 63 bytes. */
const nameOf = (uploadId: string) => `import ${uploadId} `;
