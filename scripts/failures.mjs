// The names of what failed, from the reports of Vitest and Playwright: of a long log often only the end is kept.
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** Failed tests of Vitest's JSON report, a line each; a file that did not load has a line of its own. */
export function failedTests(report, project) {
  return report.testResults.filter(({ status }) => status === 'failed').flatMap(({ name, message, assertionResults }) => {
    const file = path.relative(project, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName, failureMessages }) => line(`${file} › ${fullName}`, failureMessages[0]));
    return failed.length > 0 ? failed : [line(file, message || 'the file did not run to its end')];
  });
}

/** Errors that were thrown outside any test, a line each; Vitest knows which test ran in that process at the time. */
export const unhandledErrors = (errors, project) => errors.map(({ message, during, file }) => line(`thrown outside any test${file ? `, in ${path.relative(project, file)}` : ''}${during ? ` while “${during}” ran` : ''}`, message));

/** Journeys of Playwright's JSON report that ended so ('unexpected': failed; 'flaky': failed, then passed), a line each. */
export function journeys(report, ending) {
  const specs = report.suites.flatMap(function within(suite) { return [...suite.specs ?? [], ...(suite.suites ?? []).flatMap(within)]; });
  return specs.filter(({ tests }) => tests.some(({ status }) => status === ending)).map((spec) => {
    const failed = spec.tests.flatMap(({ results }) => results).find(({ status }) => status !== 'passed' && status !== 'skipped');
    const error = failed?.errors?.[0] ?? failed?.error;
    const at = error?.location ? ` (line ${error.location.line} of ${path.basename(error.location.file)})` : '';
    return line(`e2e/${spec.file}:${spec.line} › ${spec.title}`, `${error?.message ?? failed?.status ?? ''}`, at);
  });
}

/** What ended a whole run without belonging to a journey, e.g. an application that did not start. */
export const outsideJourneys = (report) => report.errors.map(({ message }) => line('outside any journey', message));

function line(name, message = '', more = '') {
  const first = stripVTControlCharacters(message).split('\n').find((each) => each.trim()) ?? '';
  return `${name}${first ? `: ${first.trim().slice(0, 300)}` : ''}${more}`;
}
