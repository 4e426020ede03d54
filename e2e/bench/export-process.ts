// One export in a process that does nothing else: <organisation> <broadcast>; prints rows per second, bytes and memory as JSON.
import { connect, disconnect } from '#db/index.ts';
import { fileResponse } from '#server/api/file-response.ts';
import { createContext } from '#server/context.ts';
import { exportDeliveries } from '#server/domain/delivery/export.ts';

const [organizationId, broadcastId] = process.argv.slice(2) as [string, string];
const db = connect(process.env.DATABASE_URL!, 2);
const ctx = createContext(db, organizationId, { kind: 'system', task: 'bench' });
const megabytes = () => process.memoryUsage().rss / 2 ** 20;
const rssBefore = megabytes();
let [rss, bytes, lines] = [rssBefore, 0, 0];
const begun = performance.now();
for await (const chunk of fileResponse(await exportDeliveries(ctx, { broadcastId })).body!) {
  bytes += chunk.byteLength;
  for (const byte of chunk) if (byte === 10) lines += 1;
  rss = Math.max(rss, megabytes());
}
console.log(JSON.stringify({ rows: lines - 1, rowsPerSecond: ((lines - 1) * 1_000) / (performance.now() - begun), bytes, rss, rssBefore }));
await disconnect(db);
