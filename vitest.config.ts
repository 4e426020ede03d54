import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['node_modules/**', '.next/**', '.data/**', '.cache/**'],
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
