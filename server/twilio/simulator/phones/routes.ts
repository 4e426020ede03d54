import { createAccount } from '#server/twilio/simulator/account.ts';
import { changeConfig } from '#server/twilio/simulator/config.ts';
import type { Reply } from '#server/twilio/simulator/http.ts';
import { receiveText } from '#server/twilio/simulator/inbound.ts';
import { accountsPage } from '#server/twilio/simulator/phones/accounts-page.ts';
import { faultsPage, readFaultsForm } from '#server/twilio/simulator/phones/faults-page.ts';
import { seeOther } from '#server/twilio/simulator/phones/frame.ts';
import { phonesPage } from '#server/twilio/simulator/phones/phones-page.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

/** `isForeign`: another web site made the browser send it. */
export type PageRequest = { method: string; path: string; query: URLSearchParams; body: string; isForeign: boolean };

type Page = (simulator: Simulator, request: PageRequest) => Reply;

const pages: Record<string, Page> = {
  'GET /': (simulator, { query }) => phonesPage(simulator, query),
  'GET /accounts': (simulator) => accountsPage(simulator),
  'GET /faults': (simulator, { query }) => faultsPage(simulator, query.has('saved') ? { text: 'Saved.', isProblem: false } : undefined),
  'POST /reply': reply,
  'POST /accounts': addAccount,
  'POST /faults': saveFaults,
};

/** The pages for people: phones, accounts, faults. Null when the path is none of them. */
export function answerPage(simulator: Simulator, request: PageRequest): Reply | null {
  const page = pages[`${request.method} ${request.path}`];
  if (!page) return null;
  if (request.method === 'POST' && request.isForeign) return { status: 403, body: { error: 'this form belongs to the simulator' } };
  return page(simulator, request);
}

/** The phone's owner answers: like a real phone it does not wait for the application's webhook. */
function reply(simulator: Simulator, { body }: PageRequest): Reply {
  const form = new URLSearchParams(body);
  const text = { from: form.get('from') ?? '', to: form.get('to') ?? '', body: (form.get('body') ?? '').replace(/\r\n/g, '\n') };
  const query = new URLSearchParams({ phone: text.from });
  if (!simulator.numbers.has(text.to)) return phonesPage(simulator, query, `No account owns ${text.to} any more.`);
  if (!text.body.trim()) return phonesPage(simulator, query, 'Write something first.');
  void receiveText(simulator, text);
  return seeOther(`/?${query}`);
}

function addAccount(simulator: Simulator): Reply {
  const name = `Account ${simulator.accounts.size + 1}`;
  const account = createAccount(simulator, { friendlyName: name, unregistered: true, tollFree: true, whatsApp: true });
  return seeOther(`/accounts#${account.sid}`);
}

function saveFaults(simulator: Simulator, { body }: PageRequest): Reply {
  try {
    changeConfig(simulator.config, readFaultsForm(new URLSearchParams(body)), null);
    return seeOther('/faults?saved=1');
  } catch (error) {
    return faultsPage(simulator, { text: error instanceof Error ? error.message : String(error), isProblem: true });
  }
}
