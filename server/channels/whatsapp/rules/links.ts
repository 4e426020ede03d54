import { isShortened, linksOf } from '../../links.ts';
import { fillIn, piecesOf } from '../mapping.ts';
import type { TemplateContent, TemplateVariables } from '../template.ts';
import { at, changing, error, replacing, warning, type TemplateDraft, type TemplateFault, type TextPart } from './fault.ts';

const LONGEST = 2_000; // characters of an address

/** Links in the text, and the address of the media. */
export const linkFaults = (draft: TemplateDraft): TemplateFault[] => [...textLinks(draft.content), ...mediaFaults(draft)];

function textLinks(content: TemplateContent): TemplateFault[] {
  return (['header', 'body', 'footer'] as const).flatMap((part: TextPart) => linksOf(content[part]).flatMap(({ url, host, from, to }) => {
    const reason = refusal({ host, url });
    if (reason) return [error('refused_link', at(part, from, to), reason, replacing('Take the link out', part, from, to, ''))];
    return /^http:/i.test(url) ? [warning('plain_link', at(part, from, to), `The link to ${host} is not encrypted.`, replacing('Write https', part, from, from + 5, 'https:'))] : [];
  }));
}

/** Why Meta refuses a link to a host; null: it does not. */
export function refusal({ host }: { host: string; url: string }): string | null {
  if (host === 'wa.me' || host === 'api.whatsapp.com') return `Meta refuses links into WhatsApp itself (${host}) in templates. People can simply answer.`;
  return isShortened({ host }) ? `${host} is a shared link shortener, and Meta refuses those. Write the full address.` : null;
}

/** Address with one variable, at the end only: at once what Meta wants of a button's address and of media. Answers the words of the first fault. */
export function addressFault(address: string): { code: string; message: string; from: number; to: number } | null {
  const variables = piecesOf(address).filter(({ expression }) => expression !== null);
  const [first, second] = variables;
  const whole = { from: 0, to: address.length };
  if (address.length > LONGEST) return { code: 'long_address', message: `An address has ${LONGEST.toLocaleString('en')} characters at most; this one has ${address.length.toLocaleString('en')}.`, from: LONGEST, to: address.length };
  if (second) return { code: 'address_variables', message: 'An address has one variable at most.', from: second.from, to: second.to };
  if (first && first.to !== address.length) return { code: 'address_variable_inside', message: 'The variable of an address stands at its end.', from: first.from, to: first.to };
  const fixed = first ? address.slice(0, first.from) : address;
  if (!URL.canParse(fixed) || !/^https?:\/\/[^/{}\s]+\.[^/{}\s]+/i.test(fixed)) return { code: 'no_address', message: 'Write a full address, like https://example.com/orders/.', ...whole };
  const reason = refusal({ host: new URL(fixed).hostname.replace(/^www\./, ''), url: fixed });
  return reason ? { code: 'refused_link', message: reason, ...whole } : null;
}

/** The variable at the end, where it is allowed, and only one of them. */
export function withVariableLast(address: string): string {
  const pieces = piecesOf(address);
  const first = pieces.find(({ expression }) => expression !== null);
  const fixed = pieces.filter(({ expression }) => expression === null).map(({ text }) => text).join('');
  return first ? `${fixed}${/[/=]$/.test(fixed) ? '' : '/'}${first.text}` : address;
}

function mediaFaults({ content: { type, media }, variables }: TemplateDraft): TemplateFault[] {
  if (media.trim() === '') return type === 'media' ? [error('no_media', at('media'), 'Give the public address of a picture, video or document.')] : [];
  const fault = addressFault(media);
  if (fault) return [error(fault.code, at('media', fault.from, fault.to), fault.message, fault.code.startsWith('address_variable') ? changing('Move it to the end', 'media', withVariableLast) : null)];
  const address = fillWithSamples(media, variables);
  const { hostname, pathname } = new URL(address);
  if (isPrivate(hostname)) return [error('private_media', at('media'), `${hostname} cannot be reached from outside. Put the file where anybody can fetch it.`)];
  if (/(^|\.)(drive|docs)\.google\.com$/.test(hostname)) return [error('private_media', at('media'), 'Google Drive answers a page, not the file. Put the file on a public web server.')];
  return /\.[a-z0-9]{2,5}$/i.test(pathname) ? [] : [error('no_extension', at('media'), 'The address of the file ends with its type, like .jpg, .mp4 or .pdf; with a variable, its sample does.')];
}

const fillWithSamples = (text: string, variables: TemplateVariables) => fillIn(text, (expression) => variables[expression]?.sample || 'x');

const isPrivate = (host: string) => /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|\[)/.test(host) || /\.(local|internal|localhost)$/.test(host);
