import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

// Who may import whom (architecture: doors → house → database). The rules read from top to bottom: the first whose `from` fits a file decides.

type Rule = { from: RegExp; may: RegExp };

const rules: Rule[] = [
  { from: /\.(test|fixture)\.tsx?$|^e2e\/|^scripts\/|\/test-|^db\/(test-|factories)/, may: /./ },
  { from: /^server\/twilio\/simulator\//, may: /^server\/twilio\/simulator\// },
  { from: /^app\/.*route\.ts$/, may: /^(server\/(api|auth)|components)/ },
  { from: /^app\//, may: /^(app|components|server\/(api|auth))|^server\/domain\/[a-z-]+\/schema\.ts$/ },
  { from: /^components\//, may: /^(components|server\/channels|server\/domain\/(paging\.ts|[a-z-]+\/(schema|states)\.ts))/ },
  { from: /^jobs\//, may: /^(jobs|server\/(domain|queue|env|log|context|errors|erasure-keys)|db\/(index|migrate|seed)\.ts)/ },
  { from: /^server\/api\//, may: /^server\/(api|domain|twilio\/(callbacks|inbound-message)|queue|errors|context|auth|database|env|log|channels)/ },
  { from: /^server\/auth\.ts$/, may: /^server\/(domain|database|env|errors|context|log)/ },
  { from: /^server\/domain\//, may: /^(db\/(index|schema|migrations\/meta)|server\/(domain|channels|twilio\/(?!simulator)|queue|errors|env|log|context))/ },
  { from: /^server\/channels\//, may: /^server\/channels\// },
  { from: /^server\/twilio\//, may: /^server\/(twilio\/(?!simulator)|env|errors)/ },
  { from: /^server\/(context|queue|database)\.ts$/, may: /^(db\/index|server\/(errors|env|erasure-keys))/ },
  { from: /^server\//, may: /^server\/(env|errors|log)/ },
  // The seed is a door: it fills the demo organisation through the same verbs as a person.
  { from: /^db\/seed\.ts$/, may: /^(db|server\/(domain|context|env|twilio\/simulator\/demo-account))/ },
  { from: /^db\//, may: /^db\// },
  { from: /^proxy\.ts$/, may: /^$/ },
];

const root = path.resolve(import.meta.dirname, '..');
const folders = ['app', 'components', 'server', 'jobs', 'db', 'proxy.ts'];

function sources(at: string): string[] {
  if (/\.tsx?$/.test(at)) return [at];
  if (path.extname(at)) return [];
  return readdirSync(path.join(root, at), { withFileTypes: true }).flatMap((entry) => sources(`${at}/${entry.name}`));
}

type Import = { file: string; target: string; isType: boolean };

/** All imports of a text; those of the project as paths from its root. */
export function importsOf(file: string, text: string): Import[] {
  const statements = text.matchAll(/(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [...statements].map(([, , type, from, dynamic]) => {
    const target = (from ?? dynamic)!;
    const inProject = target.startsWith('#') ? target.slice(1) : target.startsWith('.') ? path.posix.join(path.posix.dirname(file), target) : target;
    return { file, target: inProject, isType: Boolean(type) };
  });
}

export function violations(imports: Import[]): string[] {
  return imports.filter(({ target, isType }) => !isType && /^(app|components|server|jobs|db|e2e|scripts)\//.test(target))
    .filter(({ file, target }) => !rules.find(({ from }) => from.test(file))?.may.test(target)).map(({ file, target }) => `${file} → ${target}`);
}

const everything = folders.flatMap(sources).map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
const imports = everything.flatMap(({ file, text }) => importsOf(file, text));
const isTest = (file: string) => /\.(test|fixture)\.tsx?$/.test(file) || /\/test-/.test(file);

test('each folder imports only what its place in the house allows', () => {
  expect(violations(imports)).toEqual([]);
});

test('the rule notices a domain file that reaches into a door, a component that reads the database and a channel that reads the environment', () => {
  const planted = [
    ['server/domain/x/y.ts', "import { a } from '#server/api/trpc.ts';"], ['components/x.tsx', "import { b } from '#db/index.ts';"],
    ['server/channels/sms/z.ts', "import { env } from '#server/env.ts';"], ['app/page.tsx', "const c = await import('#server/domain/broadcast/send.ts');"],
  ].flatMap(([file, text]) => importsOf(file!, text!));
  expect(violations(planted)).toHaveLength(4);
});

test('only server/twilio imports the Twilio SDK', () => {
  expect(imports.filter(({ file, target }) => /^twilio(\/|$)/.test(target) && !file.startsWith('server/twilio/')).map(({ file }) => file)).toEqual([]);
});

test('only server/env.ts reads the environment', () => {
  const allowed = /^(server\/env\.ts|proxy\.ts|e2e\/)|^components\/layout\/|\.(test|fixture)\.ts$/;
  expect(everything.filter(({ file, text }) => /process\.env/.test(text) && !allowed.test(file)).map(({ file }) => file)).toEqual([]);
});

test('no Server Action, no `use cache`, no image optimizer anywhere', () => {
  expect(everything.filter(({ text }) => /^\s*['"]use (server|cache)['"]/m.test(text) || /from 'next\/image'/.test(text)).map(({ file }) => file)).toEqual([]);
});

test('adding a channel is one folder: outside channels nothing compares with a channel’s name', () => {
  const naming = everything.filter(({ file, text }) => !/^server\/(channels|twilio)\/|^db\/|^components\/.*\/content\//.test(file) && !isTest(file) && /[=!]==\s*['"](sms|whatsapp)['"]/.test(text));
  expect(naming.map(({ file }) => file)).toEqual([]);
});

test('files stay within 250 lines', () => {
  expect(everything.filter(({ file, text }) => !isTest(file) && text.split('\n').length > 251).map(({ file, text }) => `${file}: ${text.split('\n').length}`)).toEqual([]);
});

test('the nouns of the domain form no cycle', () => {
  const nounOf = (file: string) => /^server\/domain\/([a-z-]+)\//.exec(file)?.[1];
  const edges = new Map<string, Set<string>>();
  for (const { file, target, isType } of imports) {
    const [from, to] = [nounOf(file), nounOf(target)];
    if (!from || !to || from === to || isType || isTest(file) || /\/(schema|states)\.ts$/.test(target)) continue;
    edges.set(from, (edges.get(from) ?? new Set()).add(to));
  }
  expect(cycleIn(edges)).toBeNull();
});

function cycleIn(edges: Map<string, Set<string>>): string[] | null {
  const visit = (noun: string, trail: string[]): string[] | null => {
    if (trail.includes(noun)) return [...trail.slice(trail.indexOf(noun)), noun];
    for (const next of edges.get(noun) ?? []) { const found = visit(next, [...trail, noun]); if (found) return found; }
    return null;
  };
  for (const noun of edges.keys()) { const found = visit(noun, []); if (found) return found; }
  return null;
}

