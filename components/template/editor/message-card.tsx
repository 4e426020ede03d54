'use client';

import { useRef } from 'react';
import { FieldPicker } from '#components/draft/field-picker.tsx';
import { PlaceholderFaults } from '#components/draft/placeholder-faults.tsx';
import { Card } from '#components/ui/card.tsx';
import { positionsOf } from '#server/channels/whatsapp/mapping.ts';
import type { TemplateFault } from '#server/channels/whatsapp/rules/fault.ts';
import { partsOf } from '#server/channels/whatsapp/rules/parts.ts';
import type { TemplateContent } from '#server/channels/whatsapp/template.ts';
import { AuthenticationFields } from './authentication-fields.tsx';
import { ButtonsField } from './buttons-field.tsx';
import { MetaText } from './meta-text.tsx';
import { faultsAt, PartField } from './part-field.tsx';
import { partId } from './select-place.ts';
import { useFields } from './use-fields.ts';
import type { EditedTemplate } from './use-template-draft.ts';

const parts = {
  header: { label: 'Header', limit: 60, hint: 'One line above the text, with one field at most.' }, body: { label: 'Text', limit: 1_024, hint: 'Type { for a field like {{firstName}}. Alt and an arrow move the field or the line under the cursor.' },
  footer: { label: 'Footer', limit: 60, hint: 'One line under the text, the same for everybody.' }, media: { label: 'Picture, video or document', limit: undefined, hint: 'Its public address, like https://example.com/shoes.jpg. A field may stand at its end.' },
} as const;
const order = ['header', 'media', 'body', 'footer'] as const;

type MessageCardProps = { draft: EditedTemplate; faults: readonly TemplateFault[]; errorOf: (control: string) => string | undefined };

/** P48: written with names on one side, what Meta gets on the other. */
export function MessageCard({ draft, faults, errorOf }: MessageCardProps) {
  const { content, language } = draft.now;
  const body = useRef<HTMLTextAreaElement>(null);
  const { options, own, unknown } = useFields(positionsOf(content));
  const save = () => void draft.save();
  const write = (part: Partial<TemplateContent>, key: string | null) => draft.change({ ...draft.now, content: { ...content, ...part } }, key);
  const insert = (placeholder: string) => {
    const [from, to] = [body.current?.selectionStart ?? content.body.length, body.current?.selectionEnd ?? content.body.length];
    write({ body: content.body.slice(0, from) + placeholder + content.body.slice(to) }, null);
    // The menu gives focus back to its button when it closes; after that the cursor belongs behind what was put in.
    setTimeout(() => { body.current?.focus(); body.current?.setSelectionRange(from + placeholder.length, from + placeholder.length); }, 50);
  };
  const shown = order.filter((part) => partsOf[content.type].includes(part) || (content[part] !== '' && content.type !== 'authentication'));
  return (
    <Card title="Message">
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 grid-cols-1 content-start gap-4">
          {content.type === 'authentication' ? <AuthenticationFields content={content} language={language} faults={faults} options={options} onChange={write} onBlur={save} /> : null}
          {shown.map((part) => (
            <PartField
              key={part} id={partId(part)} label={parts[part].label} hint={parts[part].hint} limit={parts[part].limit} isLong={part === 'body'} optional={part !== 'body' && content.type === 'card'}
              value={content[part]} language={language} options={options} faults={faultsAt(faults, part)} error={errorOf(partId(part))} onBlur={save}
              onChange={(text, isStep) => write({ [part]: text }, isStep ? null : part)} {...(part === 'body' ? { ref: body } : {})}
            />
          ))}
          {content.type === 'authentication' ? null : <div><FieldPicker own={own} onPick={(placeholder) => insert(placeholder.replace(/ \| default: "there"/, ''))} /></div>}
          <PlaceholderFaults content={content.body} fault={null} unknown={unknown} onReplace={(text) => write({ body: text }, null)} />
          {['quick_reply', 'call_to_action', 'card', 'other'].includes(content.type) ? <ButtonsField content={content} language={language} faults={faults} options={options} onBlur={save} onChange={(buttons, key) => write({ buttons }, key)} /> : null}
        </div>
        <div className="min-w-0 xl:sticky xl:top-4 xl:self-start"><MetaText content={content} language={language} /></div>
      </div>
    </Card>
  );
}
