import { renderContent, type SentTemplate } from '#server/twilio/simulator/content/render.ts';
import type { Content } from '#server/twilio/simulator/content/content.ts';
import type { ApiRequest } from '#server/twilio/simulator/http.ts';
import { TwilioError } from '#server/twilio/simulator/twilio-error.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

/** What a POST Messages says, with the template filled in. `template` is null for free-form, and for SMS, which gets a content as plain text. */
export type MessageContent = { body: string; mediaUrls: string[]; template: SentTemplate | null };

/** Reads Body, MediaUrl, ContentSid and ContentVariables. A content wins over Body and MediaUrl. Throws the first refusal. */
export function readMessageContent(request: ApiRequest, to: string): MessageContent {
  const { form } = request;
  const body = form.get('Body') ?? '';
  const mediaUrls = form.getAll('MediaUrl').filter(Boolean);
  const contentSid = form.get('ContentSid');
  const variables = form.get('ContentVariables');
  if (!body && mediaUrls.length === 0 && !contentSid) throw new TwilioError(21602, 'Message body is required.');
  if (variables && !contentSid) throw new TwilioError(21654, 'The ContentSid is required when ContentVariables are given');
  const values = variables ? readVariables(variables) : {};
  if (contentSid) return contentFor(to, findContent(request, contentSid), values);
  if (mediaUrls.length > 10) throw new TwilioError(21623, 'Number of media files exceeds allowed limit');
  for (const url of mediaUrls) if (!/^https?:\/\/[^\s/]+/.test(url)) throw new TwilioError(21620, `Invalid media URL(s) ${url}`);
  return { body, mediaUrls, template: null };
}

/** A value that is null or empty is refused at once, one that Meta does not like fails later. */
function readVariables(text: string): Record<string, string> {
  const invalid = () => new TwilioError(21656, 'The ContentVariables Parameter is invalid.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid();
  const values: Record<string, string> = {};
  for (const [key, one] of Object.entries(value)) {
    if ((typeof one !== 'string' && typeof one !== 'number') || one === '') throw invalid();
    if (String(one).length > 1600) throw new TwilioError(21658, 'A parameter of the ContentVariables is too long');
    values[key] = String(one);
  }
  return values;
}

function findContent({ account }: ApiRequest, sid: string): Content {
  const content = /^HX[0-9a-fA-F]{32}$/.test(sid) ? account.contents.find((one) => one.sid === sid) : undefined;
  if (!content) throw new TwilioError(21655, 'The ContentSid is Invalid. This account has no such content');
  return content;
}

function contentFor(to: string, content: Content, values: Record<string, string>): MessageContent {
  if (isWhatsApp(to)) {
    const template = renderContent(content, values);
    return { body: template.body, mediaUrls: template.mediaUrls, template };
  }
  const plain = content.types['twilio/text'];
  const { body, mediaUrls } = renderContent(plain ? { ...content, types: { 'twilio/text': plain } } : content, values);
  return { body, mediaUrls, template: null };
}
