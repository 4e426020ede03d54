import { connect, disconnect } from '#db/index.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { seedDemo } from '#db/seed.ts';
import { env } from '#server/env.ts';

// Brings the database to the newest schema, and fills the demo organisation when SEED_DEMO is 1. One line says what is wrong.
try {
  await migrateDatabase(env().DATABASE_URL);
  if (env().SEED_DEMO === '1') {
    const db = connect(env().DATABASE_URL, 4);
    await seedDemo(db);
    await disconnect(db);
  }
} catch (error) {
  console.error(error instanceof Error ? reasonOf(error) : error);
  process.exit(78);
}

function reasonOf(error: Error) {
  const code = (error as NodeJS.ErrnoException).code ?? ((error.cause as NodeJS.ErrnoException | undefined)?.code);
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'CONNECT_TIMEOUT') return `The database of DATABASE_URL cannot be reached (${code}). Start it, or correct DATABASE_URL.`;
  if (code === '28P01' || code === '28000') return 'The database refuses the user or password of DATABASE_URL. Correct DATABASE_URL.';
  if (code === '3D000') return 'The database named in DATABASE_URL does not exist. Create it, or correct DATABASE_URL.';
  return error.message;
}
