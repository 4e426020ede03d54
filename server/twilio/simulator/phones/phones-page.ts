import type { Reply } from '#server/twilio/simulator/http.ts';
import type { Phone } from '#server/twilio/simulator/message-store.ts';
import { bubble, partnerOf, time } from '#server/twilio/simulator/phones/bubble.ts';
import { pageReply } from '#server/twilio/simulator/phones/frame.ts';
import { html, type Html } from '#server/twilio/simulator/phones/html.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';
import { isWindowOpen, lastInboundAt } from '#server/twilio/simulator/whatsapp/window.ts';

const PHONES_PER_PAGE = 25;
const NEWEST_SHOWN = 200;

/** The list of simulated phones and, when one is chosen, its conversation. */
export function phonesPage(simulator: Simulator, query: URLSearchParams, problem?: string): Reply {
  const number = query.get('phone') ?? '';
  const phone = number ? simulator.messages.phone(number) : undefined;
  const content = html`
<h1>Simulated phones</h1>
<p class="lead">Every number that got a message is a phone here. Open one to read what arrived and to answer as its owner. Nothing leaves this computer.</p>
${problem ? html`<p class="note bad" role="alert">${problem}</p>` : null}
<div class="columns ${number ? 'open' : ''}">${phoneList(simulator, query)}${number ? thread(simulator, number, phone) : chooseOne(simulator)}</div>`;
  return pageReply('/', number ? `Phone ${number}` : 'Phones', content, problem ? 400 : 200);
}

function phoneList(simulator: Simulator, query: URLSearchParams): Html {
  const search = query.get('q') ?? '';
  const digits = search.replace(/\D/g, '');
  const page = Math.max(0, Number(query.get('page') ?? 0) || 0);
  const { phones, hasNext } = pageOfPhones(simulator, digits, page);
  const link = (changes: Record<string, string>) => `/?${new URLSearchParams({ ...(search ? { q: search } : {}), ...changes })}`;
  return html`<section class="list" aria-label="Phones">
<form method="get" role="search"><label for="q">Find a phone</label><input id="q" name="q" type="search" inputmode="tel" placeholder="Part of the number" value="${search}"></form>
<p class="hint" id="count" data-live>${simulator.messages.phoneCount()} phones, ${simulator.messages.size()} messages</p>
<ul id="phones" data-live>${phones.map((phone) => phoneItem(phone, query.get('phone'), link({ page: String(page), phone: phone.number })))}
${phones.length === 0 ? html`<li class="empty" id="none">${search ? 'No phone has this number.' : 'No phone has got a message yet. Send a broadcast, and it shows up here.'}</li>` : null}</ul>
<div class="pager">${page > 0 ? html`<a href="${link({ page: String(page - 1) })}">Newer</a>` : null}${hasNext ? html`<a href="${link({ page: String(page + 1) })}">Older</a>` : null}</div>
</section>`;
}

function pageOfPhones(simulator: Simulator, digits: string, page: number): { phones: Phone[]; hasNext: boolean } {
  const phones: Phone[] = [];
  let toSkip = page * PHONES_PER_PAGE;
  for (const phone of simulator.messages.phones(digits)) {
    if (toSkip-- > 0) continue;
    if (phones.length === PHONES_PER_PAGE) return { phones, hasNext: true };
    phones.push(phone);
  }
  return { phones, hasNext: false };
}

function phoneItem(phone: Phone, open: string | null, link: string): Html {
  const newest = phone.messages.at(-1);
  const isOpen = open === phone.number;
  return html`<li class="phone" id="phone-${phone.number}"><a id="open-${phone.number}" href="${link}" ${isOpen ? { markup: 'aria-current="true"' } : ''}>
<span class="top"><b>${phone.number}</b>${newest ? time(newest.createdAt) : null}</span><p dir="auto">${newest?.body.slice(0, 120) || (newest?.mediaUrls.length ? 'Attachment' : '')}</p></a></li>`;
}

/** Until a phone is chosen: any phone, also one that never got a message, can write first. */
function chooseOne(simulator: Simulator): Html {
  const addresses = [...simulator.whatsAppSenders.keys(), ...simulator.numbers.keys()];
  return html`<section class="thread" aria-label="Write first"><p class="empty">Choose a phone on the left, or let somebody write first.</p>
<form class="reply" method="post" action="/reply"><div class="full"><label for="from">Their number, or an id like ID.4566546130240823 of somebody who hides it on WhatsApp</label><input id="from" name="from" required value="+12025550100"></div>
<div class="full"><label for="to">To</label><select id="to" name="to">${addresses.map((one) => html`<option>${one}</option>`)}</select></div>
<div><label class="visually-hidden" for="body">Message</label><textarea id="body" name="body" rows="1" placeholder="Message"></textarea></div>
<button>Send</button><details class="full"><summary>Send an attachment, or under another name</summary>${extras()}</details></form></section>`;
}

function thread(simulator: Simulator, number: string, phone: Phone | undefined): Html {
  const messages = phone?.messages.slice(-NEWEST_SHOWN) ?? [];
  const hidden = (phone?.messages.length ?? 0) - messages.length;
  const partners = [...new Set((phone?.messages ?? []).map((message) => partnerOf(message)).filter((one) => one !== null))].reverse();
  return html`<section class="thread" aria-label="Conversation of ${number}">
<h2><a class="back" href="/" aria-label="All phones">←</a> <span class="number">${number}</span></h2>
<div class="bubbles" role="log" tabindex="0" aria-label="Messages, oldest first"><ol id="messages" data-live>
${hidden > 0 ? html`<li class="hint" id="hidden">${hidden} older messages are not shown.</li>` : null}${messages.map(bubble)}
${messages.length === 0 ? html`<li class="empty" id="none">Nothing here yet.</li>` : null}</ol></div>
${partners.filter(isWhatsApp).map((partner) => windowWords(simulator, number, partner))}
${partners.length > 0 ? replyForm(number, partners) : null}
</section>`;
}

/** Until when the sender may write anything to this phone. */
function windowWords(simulator: Simulator, number: string, sender: string): Html {
  const person = `whatsapp:${number}`;
  const until = new Date((lastInboundAt(simulator, sender, person) ?? 0) + 86_400_000).toISOString();
  const words = isWindowOpen(simulator, sender, person) ? `open until ${until.slice(0, 16).replace('T', ' ')} UTC` : 'closed: only templates arrive';
  return html`<p class="window" id="window-${sender}" data-live>24-hour window of ${sender}: ${words}</p>`;
}

function replyForm(number: string, partners: string[]): Html {
  return html`<form class="reply" method="post" action="/reply">
<input type="hidden" name="from" value="${number}">
${partners.length === 1 ? html`<input type="hidden" name="to" value="${partners[0] ?? ''}">` : partnerChoice(partners)}
<div><label class="visually-hidden" for="body">Your answer</label><textarea id="body" name="body" rows="1" placeholder="Your answer, like STOP"></textarea></div>
<button>Send</button>
<details class="full"><summary>Send an attachment, or under another name</summary>${extras()}</details>
</form>`;
}

const ATTACHMENTS: [string, string][] = [['', 'Nothing'], ['image/jpeg', 'A picture'], ['application/pdf', 'A PDF document'], ['audio/ogg', 'A voice message'], ['text/vcard', 'A contact card']];

/** What a phone can send besides words; the name only goes with WhatsApp. */
function extras(): Html {
  return html`<label for="media">Attachment</label><select id="media" name="media">${ATTACHMENTS.map(([type, words]) => html`<option value="${type}">${words}</option>`)}</select>
<label for="profileName">Name on WhatsApp</label><input id="profileName" name="profileName" autocomplete="off" placeholder="Simulated phone">`;
}

function partnerChoice(partners: string[]): Html {
  return html`<div class="full"><label for="to">Answer to</label><select id="to" name="to">${partners.map((one) => html`<option>${one}</option>`)}</select></div>`;
}
