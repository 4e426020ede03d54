import { CATEGORIES, titleOf, variablesIn, whatsAppTypeOf, type Content, type ContentAction, type ContentCategory, type ContentType } from '#server/twilio/simulator/content/content.ts';
import { TwilioError } from '#server/twilio/simulator/twilio-error.ts';

export type Submission = { name: string; category: ContentCategory };

/** Types that WhatsApp shows only inside a conversation: there is nothing to approve. */
const SESSION_ONLY = ['twilio/list-picker', 'twilio/location'];

const SHORTENERS = /(^|\/\/|\.|\s)(bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|wa\.me)(\/|\s|$)/i;

/**
 * Checks a template before it goes to Meta, as Twilio does when approval is asked for. Throws 20001 with the first rule that is broken.
 * Kept apart from the application's own rules on purpose: the simulator is the other opinion.
 * https://www.twilio.com/docs/content/content-variables and https://www.twilio.com/docs/whatsapp/tutorial/message-template-approvals-statuses
 */
export function readSubmission(body: string, content: Content): Submission {
  const { name, category } = readFields(body);
  const { name: typeName, type } = whatsAppTypeOf(content);
  if (SESSION_ONLY.includes(typeName)) throw invalid(`${typeName} can be sent inside a conversation only and needs no approval`);
  if (!/^[a-z]{2,3}(_[A-Z]{2,4})?$/.test(content.language)) throw invalid(`language ${content.language} is not supported by WhatsApp`);
  if ((typeName === 'whatsapp/authentication') !== (category === 'AUTHENTICATION')) throw invalid('category AUTHENTICATION needs the type whatsapp/authentication, and the type needs the category');
  if (typeName !== 'whatsapp/authentication') checkTexts(content, type);
  checkActions(type.actions ?? [], typeName);
  return { name, category };
}

function readFields(body: string): Submission {
  let fields: unknown;
  try {
    fields = JSON.parse(body);
  } catch {
    throw invalid('the request body is not valid JSON');
  }
  const { name, category } = typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>) : {};
  if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name)) throw invalid('name must have lower-case letters, digits and underscores only');
  const known = CATEGORIES.find((one) => one === category);
  if (!known) throw invalid(`category must be one of ${CATEGORIES.join(', ')}`);
  return { name, category: known };
}

function checkTexts(content: Content, type: ContentType): void {
  const body = type.body ?? type.title ?? '';
  const header = type.header_text ?? '';
  const footer = type.footer ?? (type.body === undefined ? (type.subtitle ?? '') : '');
  checkVariables(content, type);
  checkPlaces(body);
  if (body.length > 1024) throw invalid('body is longer than 1024 characters');
  if (header.length > 60) throw invalid('header_text is longer than 60 characters');
  if (variablesIn(header).length > 1) throw invalid('header_text may have one variable only');
  if (footer.length > 60) throw invalid('footer is longer than 60 characters');
  if (variablesIn(footer).length > 0) throw invalid('footer may not have variables');
  if (SHORTENERS.test(body)) throw invalid('body contains a link of an URL shortener or to wa.me');
  for (const media of type.media ?? []) checkMedia(media);
}

function checkVariables(content: Content, type: ContentType): void {
  const used = variablesIn(JSON.stringify(type));
  const count = used.length;
  const numbers = new Set(used.map(Number));
  for (let position = 1; position <= count; position++) if (!numbers.has(position)) throw invalid(`variables must be whole numbers from 1 without gaps: {{${position}}} is missing`);
  for (const key of used) if (!content.variables[key]?.trim()) throw invalid(`variables: a sample is needed for {{${key}}}`);
  if (/\{\{(?!\s*\d+\s*\}\})/.test(JSON.stringify(type))) throw invalid('a variable is not well formed: write {{1}}');
}

/** Neither first, nor last (punctuation does not count), nor next to another one. */
function checkPlaces(body: string): void {
  if (/^\s*\{\{\s*\w+\s*\}\}/.test(body)) throw invalid('body may not start with a variable');
  if (/\{\{\s*\w+\s*\}\}[\s\p{P}\p{S}]*$/u.test(body)) throw invalid('body may not end with a variable');
  if (/\}\}\s*\{\{/.test(body)) throw invalid('variables may not stand next to each other');
}

function checkMedia(url: string): void {
  const fixed = url.replace(/\{\{\s*\w+\s*\}\}/g, '');
  if (!/^https?:\/\/[^\s/{]+\//.test(url)) throw invalid(`media ${url} is not a public address`);
  if (variablesIn(url).length > 1 || !(fixed === url || /\{\{\s*\w+\s*\}\}(\.\w+)?$/.test(url))) throw invalid('media may have one variable, at the end of its path');
  if (fixed === url && !/\.\w{2,5}(\?|$)/.test(url)) throw invalid(`media ${url} needs a file extension`);
}

function checkActions(actions: ContentAction[], typeName: string): void {
  if (actions.length > 10) throw invalid('at most 10 buttons are supported');
  const count = (type: string) => actions.filter((action) => action.type === type).length;
  if (count('URL') > 2) throw invalid('at most 2 URL buttons are supported');
  if (count('PHONE_NUMBER') > 1) throw invalid('at most 1 PHONE_NUMBER button is supported');
  if (count('COPY_CODE') > 1) throw invalid('at most 1 COPY_CODE button is supported');
  const kinds = actions.map((action) => action.type === 'QUICK_REPLY');
  if (kinds.filter((isQuick, i) => isQuick && !kinds[i - 1]).length > 1) throw invalid('QUICK_REPLY buttons must stand together');
  for (const action of actions) checkAction(action, typeName);
}

function checkAction(action: ContentAction, typeName: string): void {
  const title = titleOf(action);
  if (title.length > 25) throw invalid(`the button label "${title}" is longer than 25 characters`);
  if (title.includes('{{')) throw invalid(`the button label "${title}" may not have variables`);
  if (action.type === 'URL') checkLink(action.url ?? '');
  if (action.type === 'PHONE_NUMBER' && !/^\+?\d{5,19}$/.test(action.phone ?? '')) throw invalid(`the button "${title}" needs a phone number of at most 20 characters`);
  if (action.type === 'COPY_CODE' && typeName !== 'whatsapp/authentication' && !/^.{1,20}$/.test(action.code ?? '')) throw invalid('a COPY_CODE button needs a code of at most 20 characters');
}

function checkLink(url: string): void {
  if (url.length > 2000 || !/^https?:\/\/[^\s/]+/.test(url)) throw invalid(`the button address ${url} is not a valid URL of at most 2000 characters`);
  if (SHORTENERS.test(url)) throw invalid(`the button address ${url} belongs to an URL shortener or to wa.me`);
  const places = [...url.matchAll(/\{\{\s*\w+\s*\}\}/g)];
  const isAtEnd = places.length === 1 && url.endsWith(places[0]?.[0] ?? '');
  if (places.length > 0 && !isAtEnd) throw invalid(`the button address ${url} may have one variable, at its end`);
}

function invalid(message: string): TwilioError {
  return new TwilioError(20001, `Invalid parameter: ${message}`);
}
