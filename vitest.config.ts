import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const tests = globSync('**/*.test.{ts,tsx}', { exclude: ['node_modules/**', '.next/**', '.data/**', '.cache/**'] });
/** They give the process an environment, replace modules, or run the application's own: each needs modules that no other test has touched. */
const alone = tests.filter((file) => /\bvi\.(mock|stub|spy|reset|useFake)|process\.env|\.fixture\.ts|startSimulator|caller\.ts|database\.ts/.test(readFileSync(file, 'utf8').replaceAll('test-database.ts', '')));
/** The others share what they import, per worker: loading it anew for each file takes a fifth of the time. */
const together = tests.filter((file) => !alone.includes(file));

const project = (name: string, include: string[], isolate: boolean) => ({ extends: true as const, test: { name, include, isolate } });

export default defineConfig({
  test: {
    environment: 'node',
    projects: [project('alone', alone, true), project('together', together, false)],
    globalSetup: ['./db/test-cluster.ts'],
    // Many wait for Postgres and for paced messages: three fill two cores.
    maxWorkers: 3,
    maxConcurrency: 20,
    // For a machine that is busy with other things: nothing here is that slow by itself.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    alias: { 'server-only': new URL('./node_modules/server-only/empty.js', import.meta.url).pathname },
  },
});
