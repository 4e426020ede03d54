'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHydrated } from '#components/draft/use-hydrated.ts';
import { formatPhone } from '#components/format/phone.ts';
import { languageName } from '#components/template/language-name.ts';
import { categoryUse } from '#components/template/template-status.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Select } from '#components/ui/select.tsx';
import type { TemplateFault } from '#server/channels/whatsapp/rules/fault.ts';
import { categoryWord, templateCategories, templateTypes, type TemplateCategory, type TemplateType } from '#server/channels/whatsapp/template.ts';
import { withType } from './edits.ts';
import { pricesPerThousand } from './price-per-thousand.ts';
import type { EditedTemplate } from './use-template-draft.ts';

const typeWords: Record<TemplateType, string> = {
  text: 'Text', media: 'Text with a picture, video or document', quick_reply: 'Text with quick replies', call_to_action: 'Text with links or a call button', card: 'Card: header or media, text, footer, buttons', authentication: 'One-time code', other: 'Made elsewhere',
};
const categoryOrder = ['utility', 'marketing', 'authentication'] as const satisfies readonly (typeof templateCategories)[number][];
const isCategory = (value: string): value is TemplateCategory => templateCategories.some((category) => category === value);
const isType = (value: string): value is TemplateType => templateTypes.some((type) => type === value);

type BasicsCardProps = { draft: EditedTemplate; isNameFixed: boolean; faults: readonly TemplateFault[]; errorOf: (control: string) => string | undefined };

/** How Meta calls it, what it is for, and what it is made of. */
export function BasicsCard({ draft, isNameFixed, faults, errorOf }: BasicsCardProps) {
  const { name, category, language, content } = draft.now;
  const isHydrated = useHydrated();
  const prices = usePrices();
  const guess = faults.find(({ place }) => place.part === 'category')?.message;
  return (
    <Card title="Template">
      <div className="grid grid-cols-1 gap-5">
        <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
          <Field label="Name" id="template-name" error={errorOf('template-name')} hint={isNameFixed ? 'Meta knows it by this name.' : 'Small letters, digits and underscores.'}>
            <Input value={name} maxLength={512} autoComplete="off" spellCheck={false} readOnly={isNameFixed || !isHydrated} onBlur={() => void draft.save()} onChange={(event) => draft.change({ ...draft.now, name: event.target.value }, 'name')} />
          </Field>
          <Field label="Made of" id="template-type" hint={`In ${languageName(language)}.`}>
            <Select value={content.type} onChange={(event) => { const type = event.target.value; if (isType(type)) draft.change({ ...draft.now, category: type === 'authentication' ? 'authentication' : category === 'authentication' ? 'utility' : category, content: withType(content, type) }); }}>
              {templateTypes.filter((type) => type !== 'other' || content.type === 'other').map((type) => <option key={type} value={type}>{typeWords[type]}</option>)}
            </Select>
          </Field>
        </div>
        <RadioGroup
          legend="Category" name="category" id="template-category" look="cards" value={category} error={errorOf('template-category')} hint={guess}
          onValueChange={(value) => { if (isCategory(value)) draft.change({ ...draft.now, category: value }); }}
          options={categoryOrder.map((value) => ({ value, label: categoryWord[value], hint: `${categoryUse[value]} ${prices.of[value]}` }))}
        />
        <p className="text-caption text-muted-foreground">Prices are examples by public lists, for people in the country of {formatPhone(prices.phone)}. Meta charges what is delivered.</p>
      </div>
    </Card>
  );
}

/** In the country of the organisation's own sender, where most of its people are. */
function usePrices() {
  const { data: senders } = useQuery(useTRPC().twilioAccount.senders.queryOptions());
  const [at] = useState(() => new Date());
  const own = senders?.find(({ address }) => address.startsWith('whatsapp:')) ?? senders?.find(({ isSystem }) => isSystem);
  const phone = own?.address.replace(/^whatsapp:/, '') ?? '+14155550132';
  return { phone, of: pricesPerThousand(phone, at) };
}
