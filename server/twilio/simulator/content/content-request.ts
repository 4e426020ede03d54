import type { Content, ContentAction, ContentType } from '#server/twilio/simulator/content/content.ts';
import { TwilioError } from '#server/twilio/simulator/twilio-error.ts';

export type ContentRequest = Pick<Content, 'friendlyName' | 'language' | 'variables' | 'types'>;

const TYPES = [
  'twilio/text', 'twilio/media', 'twilio/quick-reply', 'twilio/call-to-action', 'twilio/card', 'twilio/carousel', 'twilio/list-picker', 'twilio/location',
  'twilio/catalog', 'twilio/flows', 'twilio/schedule', 'whatsapp/card', 'whatsapp/authentication', 'whatsapp/flows',
];
const NEEDS_BODY = ['twilio/text', 'twilio/quick-reply', 'twilio/call-to-action', 'twilio/list-picker', 'twilio/carousel', 'whatsapp/card'];
const NEEDS_ACTIONS = ['twilio/quick-reply', 'twilio/call-to-action', 'whatsapp/authentication'];

/** Reads the JSON body of POST or PUT Content: its shape only; Meta's rules are looked at when it is submitted. Throws 20001. */
export function readContentRequest(body: string): ContentRequest {
  const fields = objectOf(parse(body), 'The request body');
  const { friendly_name: friendlyName = '', language } = fields;
  if (typeof friendlyName !== 'string') throw invalid('friendly_name must be a string');
  if (typeof language !== 'string' || !language) throw invalid('language is required');
  return { friendlyName, language, variables: readVariables(fields.variables), types: readTypes(fields.types) };
}

function readVariables(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  const variables: Record<string, string> = {};
  for (const [key, sample] of Object.entries(objectOf(value, 'variables'))) {
    if (!/^[A-Za-z0-9_]{1,16}$/.test(key)) throw invalid(`variables: the key ${key} must have 1 to 16 letters and digits`);
    if (typeof sample !== 'string' && typeof sample !== 'number') throw invalid(`variables.${key} must be a string`);
    variables[key] = String(sample);
  }
  if (Object.keys(variables).length > 100) throw invalid('variables: at most 100 are supported');
  return variables;
}

function readTypes(value: unknown): Record<string, ContentType> {
  const entries = Object.entries(objectOf(value, 'types')).filter(([, type]) => type !== null);
  if (entries.length === 0) throw invalid('types needs at least one content type');
  return Object.fromEntries(entries.map(([name, type]) => [name, readType(name, objectOf(type, `types.${name}`))]));
}

function readType(name: string, fields: Record<string, unknown>): ContentType {
  if (!TYPES.includes(name)) throw invalid(`types: ${name} is not a content type`);
  if (NEEDS_BODY.includes(name) && !fields.body) throw invalid(`types.${name}.body is required`);
  for (const text of ['body', 'title', 'subtitle', 'header_text', 'footer']) {
    if (fields[text] !== undefined && fields[text] !== null && typeof fields[text] !== 'string') throw invalid(`types.${name}.${text} must be a string`);
  }
  const actions = fields.actions === undefined || fields.actions === null ? [] : listOf(fields.actions, `types.${name}.actions`);
  if (NEEDS_ACTIONS.includes(name) && actions.length === 0) throw invalid(`types.${name}.actions is required`);
  const media = fields.media === undefined || fields.media === null ? [] : listOf(fields.media, `types.${name}.media`).map(String);
  if (name === 'twilio/media' && media.length === 0) throw invalid('types.twilio/media.media is required');
  const type: ContentType = { ...fields };
  if (fields.actions) type.actions = actions.map((action, i) => readAction(name, objectOf(action, `types.${name}.actions[${i}]`)));
  if (fields.media) type.media = media;
  return type;
}

function readAction(name: string, fields: Record<string, unknown>): ContentAction {
  const type = typeof fields.type === 'string' ? fields.type : name === 'twilio/quick-reply' ? 'QUICK_REPLY' : '';
  if (!/^(QUICK_REPLY|URL|PHONE_NUMBER|COPY_CODE|VOICE_CALL|VOICE_CALL_REQUEST|REQUEST_CONTACT_INFO)$/.test(type)) throw invalid(`types.${name}.actions: type ${type} is unknown`);
  const title = fields.title ?? fields.copy_code_text ?? (type === 'COPY_CODE' ? undefined : '');
  if (title !== undefined && (typeof title !== 'string' || !title)) throw invalid(`types.${name}.actions: title is required`);
  for (const field of ['url', 'phone', 'code', 'id']) if (fields[field] !== undefined && fields[field] !== null && typeof fields[field] !== 'string') throw invalid(`types.${name}.actions: ${field} must be a string`);
  return { ...fields, type };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalid('The request body is not valid JSON');
  }
}

function objectOf(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${name} must be a JSON object`);
  return { ...value };
}

function listOf(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw invalid(`${name} must be a list`);
  return value;
}

function invalid(message: string): TwilioError {
  return new TwilioError(20001, `Invalid parameter: ${message}`);
}
