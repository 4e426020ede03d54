import type { AccountConfig, Faults, GlobalConfig } from '#server/twilio/simulator/config.ts';
import type { Reply } from '#server/twilio/simulator/http.ts';
import { BEHAVIOUR_WORDS } from '#server/twilio/simulator/outcome.ts';
import { pageReply } from '#server/twilio/simulator/phones/frame.ts';
import { html, type Html } from '#server/twilio/simulator/phones/html.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { ERROR_MESSAGES } from '#server/twilio/simulator/twilio-error.ts';

const FAULT_WORDS: Record<keyof Faults, string> = {
  resetAfterAccept: 'Connection cut after the message was created',
  http500AfterAccept: 'HTTP 500 after the message was created',
  http429: 'HTTP 429, too many requests',
  loseCallback: 'Status callback lost',
  duplicateCallback: 'Status callback sent twice',
  reorderCallback: 'Status callback late, out of order',
  duplicateInbound: 'Message of a person told twice',
  delayInbound: 'Message of a person told late, out of order',
};

const MIX_CODES = ['30003', '30005', '30007', '30008', '63024'];

/** Settings for trouble on purpose, the callback counters, and the numbers that always behave in a special way. */
export function faultsPage(simulator: Simulator, note?: { text: string; isProblem: boolean }): Reply {
  const { all } = simulator.config;
  const content = html`
<h1>Faults</h1>
<p class="lead">What goes wrong at Twilio and at carriers, made to happen here. It holds for all accounts; tests can set it for one account.</p>
${note ? html`<p class="note ${note.isProblem ? 'bad' : ''}" role="status">${note.text}</p>` : null}
<form method="post" action="/faults">
<h2>Speed</h2><div class="grid">${speedFields(all)}</div>
<h2>How messages end, percent</h2>
<p class="hint">The rest is delivered.</p>
<div class="grid">${MIX_CODES.map((code) => field(`mix.${code}`, `${code}: ${ERROR_MESSAGES[Number(code)] ?? ''}`, percent(all.resultMix[code] ?? 0), '100'))}</div>
<h2>Trouble, percent</h2>
<div class="grid">${faultNames().map((name) => field(`fault.${name}`, FAULT_WORDS[name], percent(all.faults[name]), '100'))}</div>
<p><button>Save</button></p>
</form>
<h2>Callbacks</h2>
<table><tbody id="counters" data-live>${counterRows(simulator)}</tbody></table>
<h2>Numbers that always behave like this</h2>
<table><thead><tr><th>Send to</th><th>What happens</th></tr></thead><tbody>
<tr><td class="number">+1500555NNNN</td><td>NNNN are the last digits of a Twilio error: +15005553003 ends with 30003, +15005551610 with 21610</td></tr>
<tr><td class="number">whatsapp:+1500555NNNN</td><td>the same on WhatsApp: whatsapp:+15005553016 ends with 63016, …3018, …3024, …3032 and …3049 likewise</td></tr>
${Object.values(BEHAVIOUR_WORDS).map((words, digit) => html`<tr><td class="number">+1500556000${digit}</td><td>${words}</td></tr>`)}
</tbody></table>`;
  return pageReply('/faults', 'Faults', content, note?.isProblem ? 400 : 200);
}

/** The settings that the form of this page asks for, as a change of the configuration. Numbers are checked where they are applied. */
export function readFaultsForm(form: URLSearchParams): Record<string, unknown> {
  const share = (name: string) => Number(form.get(name) ?? 0) / 100;
  return {
    speed: Number(form.get('speed')),
    latencyMs: Number(form.get('latencyMs')),
    priceDelaySeconds: Number(form.get('priceDelaySeconds')),
    resultMix: Object.fromEntries(MIX_CODES.map((code) => [code, share(`mix.${code}`)])),
    faults: Object.fromEntries(faultNames().map((name) => [name, share(`fault.${name}`)])),
  };
}

function faultNames(): (keyof Faults)[] {
  // The record has exactly the keys of Faults: the compiler sees to it.
  return Object.keys(FAULT_WORDS) as (keyof Faults)[];
}

function speedFields(all: GlobalConfig & AccountConfig): Html[] {
  return [
    field('speed', 'Times faster than real carriers', String(all.speed), '10000'),
    field('latencyMs', 'Answer time, milliseconds', String(all.latencyMs), '60000'),
    field('priceDelaySeconds', 'Price known after, seconds', String(all.priceDelaySeconds), '864000'),
  ];
}

function field(name: string, label: string, value: string, most: string): Html {
  return html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="number" min="0" max="${most}" step="any" required value="${value}"></div>`;
}

function percent(share: number): string {
  return String(Math.round(share * 10_000) / 100);
}

function counterRows(simulator: Simulator): Html[] {
  const { byHttpStatus, ...counters } = simulator.callbacks.counters;
  const rows: [string, string | number][] = [
    ['Sent, with retries', counters.attempts],
    ['Answered well', counters.ok],
    ['Refused or failed', counters.failed],
    ['Tried again', counters.retried],
    ['Lost on purpose', counters.lost],
    ['Doubled on purpose', counters.duplicated],
    ['Late on purpose', counters.reordered],
    ['Waiting now', counters.waiting + counters.inFlight],
    ['Answers', Object.entries(byHttpStatus).map(([status, count]) => `${status}: ${count}`).join(', ') || 'none yet'],
  ];
  return rows.map(([name, value]) => html`<tr id="counter-${name}"><th scope="row">${name}</th><td>${value}</td></tr>`);
}
