import { createAccount } from '#server/twilio/simulator/account.ts';
import { changeConfig } from '#server/twilio/simulator/config.ts';
import type { Reply } from '#server/twilio/simulator/http.ts';
import { receiveText, type InboundText } from '#server/twilio/simulator/inbound.ts';
import { accountsPage } from '#server/twilio/simulator/phones/accounts-page.ts';
import { faultsPage, readFaultsForm } from '#server/twilio/simulator/phones/faults-page.ts';
import { seeOther } from '#server/twilio/simulator/phones/frame.ts';
import { decide, templatesPage } from '#server/twilio/simulator/phones/templates-page.ts';
import { phonesPage } from '#server/twilio/simulator/phones/phones-page.ts';
import { receiverOf } from '#server/twilio/simulator/receiver.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

/** `isForeign`: another web site made the browser send it. */
export type PageRequest = { method: string; path: string; query: URLSearchParams; body: string; isForeign: boolean };

type Page = (simulator: Simulator, request: PageRequest) => Reply;

const pages: Record<string, Page> = {
  'GET /': (simulator, { query }) => phonesPage(simulator, query),
  'GET /accounts': (simulator) => accountsPage(simulator),
  'GET /faults': (simulator, { query }) => faultsPage(simulator, query.has('saved') ? { text: 'Saved.', isProblem: false } : undefined),
  'GET /templates': (simulator) => templatesPage(simulator),
  'POST /reply': reply,
  'POST /templates': decideTemplate,
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
  const phone = form.get('from') ?? '';
  const text = readReply(form, phone);
  const query = new URLSearchParams({ phone });
  if (!receiverOf(simulator, text.to)) return phonesPage(simulator, query, `No account owns ${text.to} any more.`);
  if (!/^(\+\d{7,15}|ID\.\w{1,60})$/.test(phone)) return phonesPage(simulator, new URLSearchParams(), 'Write a number like +12025550100, or an id like ID.4566546130240823.');
  if (!text.body.trim() && !text.files?.length) return phonesPage(simulator, query, 'Write something first.');
  void receiveText(simulator, text);
  return seeOther(`/?${query}`);
}

/** What the owner of a phone typed or tapped; on WhatsApp both ends have its prefix. */
function readReply(form: URLSearchParams, phone: string): InboundText {
  const to = form.get('to') ?? '';
  const title = form.get('buttonText');
  const media = form.get('media');
  return {
    from: isWhatsApp(to) ? `whatsapp:${phone}` : phone,
    to,
    body: title ?? (form.get('body') ?? '').replace(/\r\n/g, '\n'),
    files: media ? [{ contentType: media, data: null }] : [],
    profileName: form.get('profileName') || undefined,
    button: title === null ? undefined : { text: title, payload: form.get('buttonPayload') || title },
    repliedSid: form.get('repliedSid') ?? undefined,
  };
}

function decideTemplate(simulator: Simulator, { body }: PageRequest): Reply {
  const form = new URLSearchParams(body);
  return decide(simulator, form) ? seeOther(`/templates#${form.get('sid')}`) : { ...templatesPage(simulator), status: 400 };
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
