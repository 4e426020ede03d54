import type { Proof } from '#server/domain/person/export.ts';

type Cell = string | null;

/** A page for paper and for people who read no JSON. All that somebody wrote is text, never markup; it loads nothing. */
export async function* proofPage({ organization, exportedAt, person, consent, sent, received }: Proof): AsyncGenerator<string> {
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ') || person.phone || person.email || 'A contact';
  yield `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(`Proof of consent and messages: ${name}`)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(`Consent and messages: ${name}`)}</h1><p>${escaped(`${organization}, exported ${exportedAt}. All times are UTC.`)}</p>`;
  yield* table('Person', ['Fact', 'Value'], [
    ['Phone', person.phone], ['E-mail', person.email], ['Name', name], ['Time zone', person.timeZone], ['Consent', person.consentSource], ['Consent recorded', person.consentAt], ['Opted out', person.optedOut ? `since ${person.optedOutAt ?? 'unknown'} (${person.optedOutSource ?? 'unknown'})` : 'no'],
    ['Lists', person.lists.map((list) => list.name).join(', ')],
  ]);
  yield* table('Consent history', ['When', 'What', 'Scope', 'Source', 'Evidence', 'By'], consent.map(({ at, kind, scope, sender, channel, source, evidence, by }) => [
    at, kind === 'opt_out' ? 'Opted out' : 'Agreed', scope === 'sender' ? `sender ${sender ?? ''}` : channel ?? 'everything', source, JSON.stringify(evidence), by]));
  yield* table('Messages to them', ['Handed over', 'Status', 'Delivered', 'From', 'To', 'Text', 'Broadcast', 'SID'], sent.map((each) => [
    each.handedAt, [each.status, each.reason, each.errorCode].filter(Boolean).join(' · '), each.deliveredAt, each.from, each.to, each.text, each.broadcast, each.sid]));
  yield* table('Messages from them', ['When', 'From', 'To', 'Text', 'SID'], received.map(({ at, from, to, text, sid }) => [at, from, to, text, sid]));
  yield '</body></html>\n';
}

const STYLE = 'body{font:14px/1.5 system-ui,sans-serif;color:#111;margin:2rem}table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f3f3f3}@media print{body{margin:0;font-size:10px}tr{break-inside:avoid}}';

function* table(title: string, heads: string[], lines: Cell[][]): Generator<string> {
  yield `<h2>${escaped(title)}</h2><table><thead><tr>${heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join('')}</tr></thead><tbody>`;
  if (lines.length === 0) yield `<tr><td colspan="${heads.length}">None</td></tr>`;
  for (const cells of lines) yield `<tr>${cells.map((cell) => `<td>${escaped(cell ?? '')}</td>`).join('')}</tr>\n`;
  yield '</tbody></table>';
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign]!);
