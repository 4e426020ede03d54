import { titleOf, variablesIn, whatsAppTypeOf, type ApprovalStatus, type Content, type ContentAction, type ContentCategory, type ContentType } from '#server/twilio/simulator/content/content.ts';

export type SentButton = { type: string; title: string; /** Comes back when a quick reply is tapped, or where the button leads. */ payload: string };

/** A template as one person gets it. `fault`: Twilio's code when it cannot be sent like this. */
export type SentTemplate = {
  contentSid: string;
  contentType: string;
  name: string;
  status: ApprovalStatus;
  category: ContentCategory;
  header: string;
  body: string;
  footer: string;
  mediaUrls: string[];
  buttons: SentButton[];
  fault: number | null;
};

/** Types that Meta shows only as approved templates, also inside of a conversation. */
const ALWAYS_APPROVED = ['twilio/call-to-action', 'twilio/card', 'twilio/carousel', 'whatsapp/card', 'whatsapp/authentication'];

/** Whether a content needs its approval even inside of a person's window: by its type, or with more than three quick replies. */
export function needsApproval(template: SentTemplate): boolean {
  return ALWAYS_APPROVED.includes(template.contentType) || template.buttons.length > 3;
}

/** Puts the values into a content; what `given` leaves out takes the sample. */
export function renderContent(content: Content, given: Record<string, string>): SentTemplate {
  const { name: contentType, type } = whatsAppTypeOf(content);
  const texts = contentType === 'whatsapp/authentication' ? authenticationTexts(type) : type;
  const values = { ...content.variables, ...given };
  const fill = (text: string) => text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, key: string) => values[key] ?? whole);
  const body = fill(texts.body ?? texts.title ?? '');
  return {
    contentSid: content.sid,
    contentType,
    name: content.approval?.name ?? content.friendlyName,
    status: content.approval?.status ?? 'unsubmitted',
    category: content.approval?.category ?? 'UTILITY',
    header: fill(texts.header_text ?? ''),
    body,
    footer: fill(texts.footer ?? (texts.body === undefined ? (texts.subtitle ?? '') : '')),
    mediaUrls: (texts.media ?? []).map(fill),
    buttons: (texts.actions ?? []).map((action) => showButton(action, fill)),
    fault: faultOf(variablesIn(JSON.stringify(texts)), values, body),
  };
}

/** Meta writes these itself; the code is the only variable. */
function authenticationTexts(type: ContentType): ContentType {
  const advice = type.add_security_recommendation ? ' For your security, do not share this code.' : '';
  const actions = (type.actions ?? []).map((action) => ({ ...action, type: 'COPY_CODE', code: '{{1}}' }));
  const footer = type.code_expiration_minutes ? `This code expires in ${type.code_expiration_minutes} minutes.` : '';
  return { body: `*{{1}}* is your verification code.${advice}`, footer, actions };
}

function showButton(action: ContentAction, fill: (text: string) => string): SentButton {
  const payload = action.url ?? action.phone ?? action.code ?? action.id ?? titleOf(action);
  return { type: action.type, title: fill(titleOf(action)), payload: fill(payload) };
}

/** 63028 a value is missing, 63013 a value breaks Meta's form, 63021 the body became too long. */
function faultOf(keys: string[], values: Record<string, string>, body: string): number | null {
  if (keys.some((key) => values[key] === undefined)) return 63028;
  if (keys.some((key) => /[\n\r\t]| {5,}/.test(values[key] ?? ''))) return 63013;
  return body.length > 1024 ? 63021 : null;
}
