import type { SentButton, SentTemplate } from '#server/twilio/simulator/content/render.ts';
import { storeAddress } from '#server/twilio/simulator/inbound-media.ts';
import type { Message, MessageStatus } from '#server/twilio/simulator/model.ts';
import { html, type Html } from '#server/twilio/simulator/phones/html.ts';
import { ERROR_MESSAGES } from '#server/twilio/simulator/twilio-error.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

const STATUS_WORDS: Record<MessageStatus, string> = {
  accepted: 'accepted by Twilio',
  scheduled: 'scheduled',
  queued: 'queued at Twilio',
  sending: 'on its way to the carrier',
  sent: 'sent to the carrier',
  delivered: 'delivered',
  undelivered: 'not delivered',
  failed: 'failed',
  read: 'read',
  canceled: 'canceled',
  received: 'received by Twilio',
};

/** The account's end of a conversation; null while a service has not chosen a sender. */
export function partnerOf(message: Message): string | null {
  return message.direction === 'inbound' ? message.to : message.sender;
}

/** One message as its phone shows it, with what became of it. Quick replies of a template can be tapped. */
export function bubble(message: Message): Html {
  const isMine = message.direction === 'inbound';
  const hasFailed = message.status === 'failed' || message.status === 'undelivered';
  const reason = message.errorCode === null ? null : ` ${message.errorCode}: ${ERROR_MESSAGES[message.errorCode] ?? 'error'}`;
  const price = message.price ? ` · ${message.price.replace('-', '')} ${message.priceUnit}` : message.free ? ' · free' : ' · no price yet';
  const sent = message.media?.map((file) => html`<span class="facts"><br>Attachment: <a href="${storeAddress(file)}">${file.contentType}</a></span>`);
  const media = sent ?? message.mediaUrls.map((url) => html`<span class="facts"><br>Attachment: ${url}</span>`);
  const isGood = message.status === 'delivered' || message.status === 'read';
  return html`<li class="bubble ${isMine ? 'mine' : ''} ${isWhatsApp(message.to) ? 'whatsapp' : ''}" id="${message.sid}"><p class="text" dir="auto">${words(message)}${media}</p>${buttons(message)}
<p class="facts">${time(message.createdAt)} · <span class="${hasFailed ? 'bad' : isGood ? 'good' : ''}">${STATUS_WORDS[message.status]}${reason}</span>${price} · ${kindWords(message)} · ${isMine ? 'to' : 'from'} ${partnerOf(message) ?? 'the service'}</p></li>`;
}

function words({ template, body }: Message): Html {
  if (!template) return html`${body}`;
  const header = template.header ? html`<strong>${template.header}</strong><br>` : null;
  return html`${header}${body}${template.footer ? html`<span class="facts"><br>${template.footer}</span>` : null}`;
}

function kindWords({ to, template, segments }: Message): string {
  if (!isWhatsApp(to)) return segments === 1 ? '1 segment' : `${segments} segments`;
  return template ? `WhatsApp template ${template.name}, ${categoryWord(template)}` : 'WhatsApp';
}

function categoryWord({ category }: SentTemplate): string {
  return category.toLowerCase();
}

function buttons(message: Message): Html | null {
  if (!message.template?.buttons.length) return null;
  const hasArrived = ['sent', 'delivered', 'read'].includes(message.status);
  return html`<ul class="buttons" aria-label="Buttons">${message.template.buttons.map((button, i) => html`<li>${button.type === 'QUICK_REPLY' ? quickReply(message, button, i, hasArrived) : lead(button)}</li>`)}</ul>`;
}

/** Tapping it sends its title back, as WhatsApp does. */
function quickReply(message: Message, button: SentButton, i: number, hasArrived: boolean): Html {
  return html`<form method="post" action="/reply"><input type="hidden" name="from" value="${message.to.replace('whatsapp:', '')}"><input type="hidden" name="to" value="${message.sender ?? ''}">
<input type="hidden" name="buttonText" value="${button.title}"><input type="hidden" name="buttonPayload" value="${button.payload}"><input type="hidden" name="repliedSid" value="${message.sid}">
<button class="plain small" id="tap-${message.sid}-${i}" ${hasArrived ? '' : { markup: 'disabled' }}>${button.title}</button></form>`;
}

/** Where it would lead is said, and not followed: the address comes from anywhere. */
function lead(button: SentButton): Html {
  return html`<span class="lead-button">${button.title}<span class="facts"> ${button.payload}</span></span>`;
}

/** A moment as the pages write it. */
export function time(at: number): Html {
  const date = new Date(at).toISOString();
  return html`<time datetime="${date}">${date.slice(11, 19)} UTC</time>`;
}
