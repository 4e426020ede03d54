'use client';

import type { FieldOption } from '#components/draft/field-options.ts';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Switch } from '#components/ui/switch.tsx';
import type { TemplateFault } from '#server/channels/whatsapp/rules/fault.ts';
import type { TemplateContent } from '#server/channels/whatsapp/template.ts';
import { faultsAt, PartField } from './part-field.tsx';
import { buttonId } from './select-place.ts';

type AuthenticationFieldsProps = {
  content: TemplateContent; language: string; faults: readonly TemplateFault[]; options: FieldOption[]; onBlur: () => void;
  onChange: (content: Partial<TemplateContent>, key: string | null) => void;
};

/** P53: the words are Meta's; only the code, the advice and the minutes are chosen. */
export function AuthenticationFields({ content, language, faults, options, onChange, onBlur }: AuthenticationFieldsProps) {
  const button = content.buttons[0]?.type === 'copy_code' ? content.buttons[0] : { type: 'copy_code' as const, title: 'Copy code', code: '' };
  const put = (part: Partial<typeof button>, key: string) => onChange({ buttons: [{ ...button, ...part }, ...content.buttons.slice(1)] }, key);
  return (
    <div className="grid grid-cols-1 gap-4">
      <PartField id={buttonId(0, 'code')} label="Field with the code" hint="The only variable, like {{code}}." value={button.code} language={language} faults={faultsAt(faults, 'button', 0, 'code')} options={options} onBlur={onBlur} onChange={(code) => put({ code }, 'code')} />
      <Field label="Label of the button" id={buttonId(0, 'title')} aside={`${button.title.length} / 25`}>
        <Input value={button.title} maxLength={100} autoComplete="off" onBlur={onBlur} onChange={(event) => put({ title: event.target.value }, 'title')} />
      </Field>
      <Switch label="Advice not to share the code" checked={content.hasSecurityAdvice} onCheckedChange={(hasSecurityAdvice) => onChange({ hasSecurityAdvice }, null)} />
      <Field label="Minutes until the code expires" optional id="template-minutes">
        <Input
          type="number" inputMode="numeric" min={1} max={90} value={content.codeExpirationMinutes ?? ''} onBlur={onBlur}
          onChange={({ target }) => onChange({ codeExpirationMinutes: target.value === '' ? null : Math.min(90, Math.max(1, Math.round(Number(target.value)))) }, 'minutes')}
        />
      </Field>
    </div>
  );
}
