import { expressionsIn, fillIn } from '../mapping.ts';
import type { TemplateButton, TemplateContent, TemplateType } from '../template.ts';
import { error, withButtons, type TemplateDraft, type TemplateFault, type TemplatePlace } from './fault.ts';
import { addressFault, withVariableLast } from './links.ts';

const LABEL = 25; // characters
const CODE = 20;
const most: Record<TemplateButton['type'] | 'all', number> = { all: 10, quick_reply: 10, url: 2, phone: 1, copy_code: 1 };
const named: Record<TemplateButton['type'], string> = { quick_reply: 'quick reply', url: 'link button', phone: 'call button', copy_code: 'code button' };

/** The buttons that a type can have. */
export const buttonTypesOf: Record<TemplateType, readonly TemplateButton['type'][]> = {
  text: [], media: [], quick_reply: ['quick_reply'], call_to_action: ['url', 'phone', 'copy_code'], card: ['quick_reply', 'url', 'phone', 'copy_code'], authentication: ['copy_code'],
  other: ['quick_reply', 'url', 'phone', 'copy_code'],
};

const on = (index: number | null, field?: TemplatePlace['field'], from: number | null = null, to: number | null = null): TemplatePlace => ({ part: 'button', index, from, to, ...(field ? { field } : {}) });

export function buttonFaults({ content, variables }: TemplateDraft): TemplateFault[] {
  const sample = (text: string) => fillIn(text, (expression) => variables[expression]?.sample ?? '');
  return [...countFaults(content), ...orderFaults(content.buttons), ...content.buttons.flatMap((button, index) => [...titleFaults(button, index), ...targetFaults(button, index, content.type, sample)])];
}

function countFaults({ type, buttons }: TemplateContent): TemplateFault[] {
  const allowed = buttonTypesOf[type];
  const fits = (button: TemplateButton, index: number) => allowed.includes(button.type) && index < most.all && buttons.slice(0, index).filter((other) => other.type === button.type).length < most[button.type];
  const extra = buttons.flatMap((button, index) => (fits(button, index) ? [] : [error('too_many_buttons', on(index),
    allowed.includes(button.type) ? `A template has ${index >= most.all ? `${most.all} buttons` : `${most[button.type]} ${named[button.type]}${most[button.type] > 1 ? 's' : ''}`} at most.` : `A template of this type has no ${named[button.type]}.`,
    withButtons('Take the button out', (all) => all.filter((_, other) => other !== index)))]));
  if (buttons.length > 0 || (type !== 'quick_reply' && type !== 'call_to_action')) return extra;
  const first: TemplateButton = type === 'quick_reply' ? { type, title: 'Yes' } : { type: 'url', title: 'Open', url: 'https://' };
  return [error('no_buttons', on(null), 'This type needs a button.', withButtons('Add one', () => [first]))];
}

function orderFaults(buttons: TemplateButton[]): TemplateFault[] {
  const runs = buttons.filter((button, index) => (button.type === 'quick_reply') !== (buttons[index - 1]?.type === 'quick_reply') || index === 0).filter(({ type }) => type === 'quick_reply').length;
  if (runs < 2) return [];
  const stray = buttons.findIndex((button, index) => button.type !== 'quick_reply' && buttons.slice(0, index).some(({ type }) => type === 'quick_reply') && buttons.slice(index).some(({ type }) => type === 'quick_reply'));
  return [error('mixed_buttons', on(stray), 'Quick replies stand together, with no other button between them.', withButtons('Put them together', (all) => [...all.filter(({ type }) => type === 'quick_reply'), ...all.filter(({ type }) => type !== 'quick_reply')]))];
}

function titleFaults({ title }: TemplateButton, index: number): TemplateFault[] {
  if (title.trim() === '') return [error('no_label', on(index, 'title'), 'Give the button a label.')];
  if (expressionsIn(title).length > 0) return [error('label_variable', on(index, 'title'), 'A label is the same for everybody: it has no variables.', retitled('Take the variable out', index, (text) => fillIn(text, () => '').trim()))];
  return title.length > LABEL ? [error('long_label', on(index, 'title', LABEL, title.length), `A label has ${LABEL} characters at most; this one has ${title.length}.`, retitled('Cut it', index, (text) => text.slice(0, LABEL).trimEnd()))] : [];
}

function targetFaults(button: TemplateButton, index: number, type: TemplateType, sample: (text: string) => string): TemplateFault[] {
  if (button.type === 'url') return urlFaults(button.url, index);
  if (button.type === 'phone') return phoneFaults(button.phone, index);
  if (button.type !== 'copy_code' || type === 'authentication') return [];
  if (button.code.trim() === '') return [error('no_code', on(index, 'code'), 'Give the code that the button copies.')];
  return sample(button.code).length > CODE ? [error('long_code', on(index, 'code'), `A code has ${CODE} characters at most.`)] : [];
}

function urlFaults(url: string, index: number): TemplateFault[] {
  const fault = addressFault(url);
  if (!fault) return [];
  const fix = fault.code.startsWith('address_variable') ? withButtons('Move it to the end', (all) => all.map((button, other) => (other === index && button.type === 'url' ? { ...button, url: withVariableLast(button.url) } : button))) : null;
  return [error(fault.code, on(index, 'url', fault.from, fault.to), fault.message, fix)];
}

function phoneFaults(phone: string, index: number): TemplateFault[] {
  const bare = phone.replace(/[\s().-]/g, '').replace(/^00/, '+');
  const isGood = (text: string) => /^\+[1-9]\d{6,14}$/.test(text);
  if (isGood(phone)) return [];
  const fix = isGood(bare) ? withButtons(`Write ${bare}`, (all) => all.map((button, other) => (other === index && button.type === 'phone' ? { ...button, phone: bare } : button))) : null;
  return [error('no_phone', on(index, 'phone'), 'Write the number with its country, like +14155550132.', fix)];
}

const retitled = (label: string, index: number, change: (title: string) => string) =>
  withButtons(label, (all) => all.map((button, other) => (other === index ? { ...button, title: change(button.title) } : button)));
