import { credentialsOf } from '#server/twilio/simulator/account.ts';
import type { NumberKind } from '#server/twilio/simulator/demo-account.ts';
import type { Reply } from '#server/twilio/simulator/http.ts';
import type { Account } from '#server/twilio/simulator/model.ts';
import { pageReply } from '#server/twilio/simulator/phones/frame.ts';
import { html, type Html } from '#server/twilio/simulator/phones/html.ts';
import { fromUnits } from '#server/twilio/simulator/price.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

const NEWEST_SHOWN = 50;

const KIND_WORDS: Record<NumberKind, string> = {
  registered: 'registered for SMS (10DLC)',
  unregistered: 'not registered: carriers refuse its messages',
  'toll-free': 'toll-free',
};

/** The simulated accounts with their credentials, and a button for one more. */
export function accountsPage(simulator: Simulator): Reply {
  const accounts = [...simulator.accounts.values()].reverse();
  const content = html`
<h1>Simulated accounts</h1>
<p class="lead">These stand for Twilio accounts. Connect an organisation with the values of one of them. They work in this simulator and nowhere else.</p>
<form method="post" action="/accounts"><button>New account</button></form>
<p class="hint">It gets a messaging service, a registered number that also is a WhatsApp sender, one that is not registered, and a toll-free number.</p>
<h2>${accounts.length === 1 ? '1 account' : `${accounts.length} accounts`}</h2>
${accounts.slice(0, NEWEST_SHOWN).map(card)}
${accounts.length > NEWEST_SHOWN ? html`<p class="hint">The newest ${NEWEST_SHOWN} are shown.</p>` : null}`;
  return pageReply('/accounts', 'Accounts', content);
}

function card(account: Account): Html {
  const credentials = credentialsOf(account);
  return html`<section class="card" id="${account.sid}" aria-label="${account.friendlyName}">
<h2>${account.friendlyName}</h2>
<dl>
${row('Account SID', credentials.accountSid)}
${row('Auth token', credentials.authToken)}
${row('API key SID', credentials.apiKeySid)}
${row('API key secret', credentials.apiKeySecret)}
${row('Messaging Service SID', credentials.messagingServiceSid)}
${credentials.numbers.map((number) => row(`Number, ${KIND_WORDS[number.kind]}`, number.phoneNumber))}
${credentials.whatsAppSenders.map((sender) => row('WhatsApp sender', sender.senderId))}
</dl>
<p class="hint">Balance ${fromUnits(account.balance)} USD</p>
</section>`;
}

function row(name: string, value: string): Html {
  return html`<dt>${name}</dt><dd><code>${value}</code></dd><dd><button type="button" class="plain small" data-copy="${value}" aria-label="Copy ${name}">Copy</button></dd>`;
}
