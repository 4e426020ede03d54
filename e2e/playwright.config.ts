import { defineConfig } from '@playwright/test';

type Browser = { executablePath?: string; args?: string[]; env?: Record<string, string> };
const browser: Browser = process.env.E2E_BROWSER ? JSON.parse(process.env.E2E_BROWSER) as Browser : {};

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './stack.ts',
  // For a machine three times slower; what goes well takes a fraction of it.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  fullyParallel: false,
  // Journeys mostly wait, for paced messages and for each other's turn: three fill two cores.
  workers: 3,
  // Real clocks, two browsers, a web server, a worker, a simulator and Postgres share a small machine: one more try, and what needed it is reported as flaky.
  retries: 1,
  reporter: [['list'], ['json', { outputFile: process.env.E2E_RESULTS ?? '../test-results/playwright.json' }]],
  use: {
    // A recording of every step costs a third of the journeys' time.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: browser.executablePath, args: browser.args, env: browser.env && { ...process.env as Record<string, string>, ...browser.env } },
  },
});
