'use client';

import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { FieldOption } from '#components/draft/field-options.ts';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import type { TemplateFault } from '#server/channels/whatsapp/rules/fault.ts';
import { buttonTypesOf } from '#server/channels/whatsapp/rules/buttons.ts';
import type { TemplateButton, TemplateContent } from '#server/channels/whatsapp/template.ts';
import { faultsAt, PartField } from './part-field.tsx';
import { buttonId } from './select-place.ts';

const words: Record<TemplateButton['type'], { label: string; fresh: TemplateButton }> = {
  quick_reply: { label: 'Quick reply', fresh: { type: 'quick_reply', title: '' } }, url: { label: 'Link', fresh: { type: 'url', title: '', url: 'https://' } },
  phone: { label: 'Call', fresh: { type: 'phone', title: '', phone: '+' } }, copy_code: { label: 'Copy a code', fresh: { type: 'copy_code', title: 'Copy code', code: '' } },
};

type ButtonsFieldProps = {
  content: TemplateContent; language: string; faults: readonly TemplateFault[]; options: FieldOption[];
  /** `key`: where somebody types; null: one act. */
  onChange: (buttons: TemplateButton[], key: string | null) => void; onBlur: () => void;
};

/** The buttons under a message, in their order. */
export function ButtonsField({ content: { type, buttons }, onChange, ...rest }: ButtonsFieldProps) {
  const allowed = buttonTypesOf[type];
  const put = (index: number, button: TemplateButton, field: string) => onChange(buttons.map((other, i) => (i === index ? button : other)), `button-${index}-${field}`);
  const swap = (index: number, by: 1 | -1) => onChange(buttons.map((button, i) => (i === index ? buttons[index + by]! : i === index + by ? buttons[index]! : button)), null);
  return (
    <fieldset id="template-buttons" tabIndex={-1} className="grid min-w-0 grid-cols-1 gap-3 focus:outline-2 focus:outline-offset-2 focus:outline-ring">
      <legend className="mb-1.5 text-body font-medium">Buttons</legend>
      {buttons.map((button, index) => (
        <div key={index} role="group" aria-label={`Button ${index + 1}`} className="grid grid-cols-1 gap-3 rounded-control border p-3">
          <div className="flex items-center justify-between gap-2">
            <p className="text-table font-medium">{index + 1}. {words[button.type].label}</p>
            <div className="flex">
              <IconButton size="sm" label={`Move button ${index + 1} up`} icon={<ArrowUp aria-hidden />} disabled={index === 0} onClick={() => swap(index, -1)} />
              <IconButton size="sm" label={`Move button ${index + 1} down`} icon={<ArrowDown aria-hidden />} disabled={index === buttons.length - 1} onClick={() => swap(index, 1)} />
              <IconButton size="sm" label={`Remove button ${index + 1}`} icon={<Trash2 aria-hidden />} onClick={() => onChange(buttons.filter((_, i) => i !== index), null)} />
            </div>
          </div>
          <Field label="Label" id={buttonId(index, 'title')} aside={`${button.title.length} / 25`}>
            <Input value={button.title} maxLength={100} autoComplete="off" onBlur={rest.onBlur} onChange={(event) => put(index, { ...button, title: event.target.value }, 'title')} />
          </Field>
          <Target button={button} index={index} put={(next, field) => put(index, next, field)} {...rest} />
        </div>
      ))}
      {allowed.length > 0 && buttons.length < 10 ? (
        <div>
          <DropdownMenu align="start" trigger={<Button size="sm" icon={<Plus aria-hidden />}>Add a button</Button>}>
            {allowed.map((kind) => <MenuItem key={kind} onSelect={() => onChange([...buttons, words[kind].fresh], null)}>{words[kind].label}</MenuItem>)}
          </DropdownMenu>
        </div>
      ) : null}
    </fieldset>
  );
}

type TargetProps = Pick<ButtonsFieldProps, 'language' | 'faults' | 'options' | 'onBlur'> & { button: TemplateButton; index: number; put: (button: TemplateButton, field: string) => void };

/** What a button does. */
function Target({ button, index, put, language, faults, options, onBlur }: TargetProps) {
  const shared = { language, options, onBlur };
  if (button.type === 'url') {
    return <PartField {...shared} id={buttonId(index, 'url')} label="Address" hint="A field may stand at its end." value={button.url} faults={faultsAt(faults, 'button', index, 'url')} onChange={(url) => put({ ...button, url }, 'url')} />;
  }
  if (button.type === 'copy_code') {
    return <PartField {...shared} id={buttonId(index, 'code')} label="Code" value={button.code} faults={faultsAt(faults, 'button', index, 'code')} onChange={(code) => put({ ...button, code }, 'code')} />;
  }
  if (button.type !== 'phone') return null;
  return (
    <Field label="Number" id={buttonId(index, 'phone')} hint="With its country, like +14155550132.">
      <Input type="tel" value={button.phone} maxLength={40} autoComplete="off" onBlur={onBlur} onChange={(event) => put({ ...button, phone: event.target.value }, 'phone')} />
    </Field>
  );
}
