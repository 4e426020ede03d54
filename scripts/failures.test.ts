import { expect, test } from 'vitest';
import { failedTests, journeys, outsideJourneys, unhandledErrors } from './failures.mjs';

test('a failed test is named with its file and the first line of what it says', () => {
  const failed = (fullName: string, message: string) => ({ status: 'failed', fullName, failureMessages: [message] });
  const report = { testResults: [
    { name: '/project/server/a.test.ts', status: 'failed', message: '', assertionResults: [failed('P1: one way', '\u001b[31mAssertionError: expected 1 to be 2\u001b[39m\n    at a.test.ts:3'), { status: 'passed', fullName: 'P2', failureMessages: [] }] },
    { name: '/project/server/b.test.ts', status: 'failed', message: 'Cannot find module x\nsecond line', assertionResults: [] },
    { name: '/project/server/c.test.ts', status: 'passed', message: '', assertionResults: [] },
  ] };
  expect(failedTests(report, '/project')).toEqual(['server/a.test.ts › P1: one way: AssertionError: expected 1 to be 2', 'server/b.test.ts: Cannot find module x']);
});

test('an error that no test caught is named with the test that ran then', () => {
  expect(unhandledErrors([{ message: 'ECONNRESET', during: 'P35: facts', file: '/project/server/a.test.ts' }, { message: 'no idea' }], '/project'))
    .toEqual(['thrown outside any test, in server/a.test.ts while “P35: facts” ran: ECONNRESET', 'thrown outside any test: no idea']);
});

test('a journey is named with its place and the first failure, in groups too; one that passed at the second try is flaky', () => {
  const spec = (title: string, status: string, results: object[]) => ({ file: 'import.spec.ts', line: 50, title, tests: [{ status, results }] });
  const error = { message: '\n\u001b[2mTimeout 15000ms exceeded.\u001b[22m\nCall log:', location: { file: '/project/e2e/import.spec.ts', line: 92, column: 5 } };
  const report = { errors: [], suites: [{ specs: [spec('goes well', 'expected', [{ status: 'passed', errors: [] }])], suites: [
    { specs: [spec('stumbles', 'flaky', [{ status: 'failed', errors: [error] }, { status: 'passed', errors: [] }]), spec('falls', 'unexpected', [{ status: 'timedOut', errors: [] }])] },
  ] }] };
  expect(journeys(report, 'flaky')).toEqual(['e2e/import.spec.ts:50 › stumbles: Timeout 15000ms exceeded. (line 92 of import.spec.ts)']);
  expect(journeys(report, 'unexpected')).toEqual(['e2e/import.spec.ts:50 › falls: timedOut']);
});

test('a stack that does not start is named too', () => {
  expect(outsideJourneys({ errors: [{ message: 'Error: http://localhost:1/api/health/ready does not answer' }] })).toEqual(['outside any journey: Error: http://localhost:1/api/health/ready does not answer']);
});
