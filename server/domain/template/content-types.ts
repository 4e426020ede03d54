import { emptyContent, type TemplateButton, type TemplateContent } from '#server/channels/whatsapp/template.ts';
import type { ContentTypes } from '#server/twilio/content.ts';

type Fields = Record<string, unknown>;
type Known = Exclude<TemplateContent['type'], 'other'>;

/** Twilio's name of each type, the one that a channel would choose first coming first. */
const names: Record<Known, string> = {
  authentication: 'whatsapp/authentication', card: 'whatsapp/card', call_to_action: 'twilio/call-to-action', quick_reply: 'twilio/quick-reply', media: 'twilio/media', text: 'twilio/text',
};

/** What Twilio is given for a content with numbers (facts/twilio.md §7.2). A content of type `other` was made elsewhere and is never made here. */
export function toContentTypes(content: TemplateContent & { type: Known }): ContentTypes {
  const { type, header, body, footer, media } = content;
  const actions = content.buttons.map(toAction);
  const fields: Record<Known, Fields> = {
    authentication: { add_security_recommendation: content.hasSecurityAdvice, ...(content.codeExpirationMinutes !== null && { code_expiration_minutes: content.codeExpirationMinutes }), actions: content.buttons.slice(0, 1).map(({ title }) => ({ type: 'COPY_CODE', copy_code_text: title })) },
    card: { body, ...(header && { header_text: header }), ...(footer && { footer }), ...(media && { media: [media] }), ...(actions.length > 0 && { actions }) },
    call_to_action: { body, actions }, quick_reply: { body, actions }, media: { ...(body && { body }), media: [media] }, text: { body },
  };
  return { [names[type]]: fields[type] };
}

function toAction(button: TemplateButton, index: number): Fields {
  if (button.type === 'url') return { type: 'URL', title: button.title, url: button.url };
  if (button.type === 'phone') return { type: 'PHONE_NUMBER', title: button.title, phone: button.phone };
  if (button.type === 'copy_code') return { type: 'COPY_CODE', title: button.title, code: button.code };
  return { type: 'QUICK_REPLY', title: button.title, id: `reply_${index + 1}` };
}

/** A content as Twilio holds it, with its numbers. What cannot be written here becomes `other`, with the text that it has. */
export function fromContentTypes(types: ContentTypes): TemplateContent {
  for (const [type, name] of Object.entries(names) as Array<[Known, string]>) {
    const fields = types[name];
    if (!fields) continue;
    const buttons = listOf(fields.actions).map((action) => buttonOf(action, type));
    const hasForeign = buttons.includes(null) || listOf(fields.media).length > 1;
    return { ...partsOf(fields, type), type: hasForeign ? 'other' : type, buttons: buttons.filter((button) => button !== null) };
  }
  const [fields = {}] = Object.values(types);
  return { ...partsOf(fields, 'text'), type: 'other', body: text(fields.body) || text(fields.title) };
}

function partsOf(fields: Fields, type: Known): TemplateContent {
  const isAuthentication = type === 'authentication';
  return {
    ...emptyContent(type), header: text(fields.header_text), body: isAuthentication ? '' : text(fields.body), footer: text(fields.footer), media: text(listOf(fields.media)[0]),
    hasSecurityAdvice: fields.add_security_recommendation !== false, codeExpirationMinutes: isAuthentication ? Number(fields.code_expiration_minutes) || null : null,
  };
}

/** The code of an authentication template is its one variable, wherever Meta shows it. */
function buttonOf(action: unknown, type: Known): TemplateButton | null {
  const fields = typeof action === 'object' && action !== null ? (action as Fields) : {}; // any object is a record of unknowns
  const title = text(fields.title) || text(fields.copy_code_text);
  if (type === 'authentication') return { type: 'copy_code', title: title || 'Copy code', code: '{{1}}' };
  switch (type === 'quick_reply' ? 'QUICK_REPLY' : fields.type) {
    case 'QUICK_REPLY': return { type: 'quick_reply', title };
    case 'URL': return { type: 'url', title, url: text(fields.url) };
    case 'PHONE_NUMBER': return { type: 'phone', title, phone: text(fields.phone) };
    case 'COPY_CODE': return { type: 'copy_code', title, code: text(fields.code) };
    default: return null;
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown) => (typeof value === 'string' ? value : '');
