// `npm test`: everything, from a fresh clone. Each step runs even if one before it failed, so that one run tells all.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { failedTests, journeys as journeysThat, outsideJourneys, unhandledErrors } from './failures.mjs';
import { install, installed, project, reexecute, run, stopBy } from './boot.mjs';

const results = path.join(project, '.cache/test');
if (!process.env.HAILER_BOOTED) install();
if (!reexecute(fileURLToPath(import.meta.url))) await main().catch(stopBy);

async function main() {
  const begun = performance.now();
  let [passed, failed] = [0, 0];
  const named = [];
  fs.rmSync(results, { recursive: true, force: true });
  fs.mkdirSync(results, { recursive: true });

  /** A step that passes or fails as a whole, or that counts its tests in a report of its own. */
  async function step(name, work, count) {
    const from = performance.now();
    const error = await work().then(() => null, (problem) => problem);
    const counted = count?.() ?? (error ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 });
    passed += counted.passed;
    failed += counted.failed + (error && counted.failed === 0 ? 1 : 0);
    if (counted.names) named.push(...counted.names);
    if (error && !counted.names?.some((each) => each.startsWith('✖'))) named.push(`✖ ${name}: ${error.message}; why stands above, in its own part of the log`);
    if (error) console.error(`✖ ${name}: ${error.message}`);
    console.log(`── ${name}: ${error ? 'FAILED' : 'ok'} (${((performance.now() - from) / 1000).toFixed(1)} s)\n`);
  }

  const node = process.execPath;
  const { build } = await import('./stack.mjs');
  await step('lock file is complete', () => run(node, ['scripts/lockcheck.mjs']));
  await step('lint', () => run(node, [installed('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']));
  await step('types', async () => {
    await run(node, [installed('next/dist/bin/next'), 'typegen']); // the types of pages and their parameters
    await run(node, [installed('typescript/bin/tsc'), '--noEmit']);
  });
  await Promise.all([
    step('unit, domain and contract tests', () => run(node, [installed('vitest/vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', '--reporter=./scripts/unhandled-reporter.mjs', `--outputFile.json=${results}/vitest.json`]), vitestCounts),
    step('build', build),
  ]);
  await step('journeys in the browser', journeys, playwrightCounts);
  console.log(`All steps took ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
  if (named.length > 0) console.log(`\n${named.join('\n')}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

async function journeys() {
  const { findBrowser } = await import('./browser.mjs');
  const browser = await findBrowser();
  console.log(`Browser: ${browser.source}`);
  await run(process.execPath, [installed('@playwright/test/cli.js'), 'test', '-c', 'e2e'], { E2E_BROWSER: JSON.stringify(browser), E2E_RESULTS: path.join(results, 'playwright.json') });
}

function vitestCounts() {
  const report = read('vitest.json');
  if (!report) return undefined;
  const unhandled = unhandledErrors(read('vitest-unhandled.json') ?? [], project);
  return { passed: report.numPassedTests, failed: report.numFailedTests + unhandled.length, names: [...failedTests(report, project), ...unhandled].map((each) => `✖ ${each}`) };
}

function playwrightCounts() {
  const report = read('playwright.json');
  if (!report) return undefined;
  const names = [...journeysThat(report, 'flaky').map((each) => `~ flaky, passed at the second try: ${each}`), ...[...outsideJourneys(report), ...journeysThat(report, 'unexpected')].map((each) => `✖ ${each}`)];
  return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected, names };
}

function read(name) {
  try { return JSON.parse(fs.readFileSync(path.join(results, name), 'utf8')); } catch { return undefined; }
}
