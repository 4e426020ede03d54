import type { Addressee, Channel, Composed, Draft, Way } from '../channel.ts';
import { withOptOutLine } from '../sms/opt-out-line.ts';
import { compileText, type CompiledText, type Person } from '../text.ts';
import { PRICE_RANGE_REASONS, PRICE_SOURCE, whatsappPrice } from './price.ts';
import { hasFreeform, whatsappProblems, whatsappWarnings } from './problems.ts';
import { prepareTemplate } from './render.ts';
import type { PinnedTemplate } from './template.ts';
import { mappedText, strictly, withFallbacks } from './values.ts';
import { WINDOW_SECONDS } from './window.ts';
import { isUnitedStates } from './united-states.ts';

/** Twilio refuses a free-form body above this (error 21617). */
export const FREEFORM_MAX_CHARACTERS = 1_600;
/** Meta's pair rate (131056): one message to the same person within so many seconds. */
const PAIR_SECONDS = 6;

/** D4: inside of the window free-form text and media when the broadcast has them, else the template; outside of it the template, or nothing. */
export const whatsapp: Channel = {
  label: 'WhatsApp',
  agreementService: 'bulk-sms',
  isSendable: true,
  windowSeconds: WINDOW_SECONDS,
  pairSeconds: PAIR_SECONDS,
  usesService: false, // the sender names itself; a pool has nothing to choose, and many WhatsApp senders are in none
  unit: 'message',
  toAddress: (phone) => `whatsapp:${phone}`,
  toSender: (typed) => (/^whatsapp:\+[1-9]\d{6,14}$/.test(typed) ? typed : null),
  problems: whatsappProblems,
  warnings: whatsappWarnings,
  prepare(draft) {
    const text = compileText(draft.content, strictly(draft.content, draft.missingValues));
    const freeform = hasFreeform(draft) ? { way: freeformWay(text), compose: (person: Person) => composeFreeform(draft, text, person) } : null;
    const template = draft.template ? preparedTemplate(draft, draft.template) : null;
    const chosen = (isOpen: boolean) => (isOpen ? freeform ?? template : template);
    return {
      text, inside: chosen(true)?.way ?? null, outside: chosen(false)?.way ?? null,
      compose: (person, to) => chosen(to.isWindowOpen)?.compose(person, to) ?? { skip: 'outside_24h_window', missing: [] },
    };
  },
  listPrice: whatsappPrice,
  prices: { source: PRICE_SOURCE, reasons: PRICE_RANGE_REASONS, isUniform: false },
};

const freeformWay = (text: CompiledText): Way => ({ method: 'freeform', text, isMetered: false, refuses: () => null });

function composeFreeform({ optOutLine, mediaUrls }: Draft, compiled: CompiledText, person: Person): Composed {
  const { text, missing, isRefused } = compiled.render(person);
  if (isRefused) return { skip: 'missing_variable', missing };
  const body = text.trim() === '' ? '' : withOptOutLine(text, optOutLine);
  if (body === '' && mediaUrls.length === 0) return { skip: 'empty_message', missing };
  if ([...body].length > FREEFORM_MAX_CHARACTERS) return { skip: 'message_too_long', missing };
  return { method: 'freeform', body, mediaUrls, segments: 1, missing };
}

function preparedTemplate(draft: Draft, template: PinnedTemplate) {
  const render = prepareTemplate(withFallbacks(template, draft), draft.templateVariables);
  const refuses = (recipient: string) => (template.category === 'marketing' && isUnitedStates(recipient) ? 'marketing_not_delivered' as const : null);
  const way: Way = { method: 'template', text: mappedText(template, draft), isMetered: false, refuses };
  const compose = (person: Person, { recipient }: Addressee): Composed => {
    const refused = refuses(recipient);
    if (refused) return { skip: refused, missing: [] };
    const { values, missing, text: { header, body, footer } } = render(person);
    if (missing.length > 0) return { skip: 'missing_variable', missing };
    return { method: 'template', body: [header, body, footer].filter((part) => part !== '').join('\n'), contentSid: template.contentSid, contentVariables: values, segments: 1, missing: [] };
  };
  return { way, compose };
}
