// A reporter of Vitest: errors that were thrown outside any test fail the run and stand in no other report.
import fs from 'node:fs';
import path from 'node:path';
import { project } from './boot.mjs';

export const unhandledFile = path.join(project, '.cache/test/vitest-unhandled.json');

export default class UnhandledReporter {
  onTestRunEnd(_modules, errors) {
    fs.mkdirSync(path.dirname(unhandledFile), { recursive: true });
    fs.writeFileSync(unhandledFile, JSON.stringify(errors.map(({ name, message, stack, VITEST_TEST_NAME, VITEST_TEST_PATH }) => ({ message: message ?? stack ?? name, during: VITEST_TEST_NAME, file: VITEST_TEST_PATH }))));
  }
}
