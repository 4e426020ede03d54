'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { CeilingField } from '#components/broadcast/audience/ceiling-field.tsx';
import { FilterChoice } from '#components/broadcast/audience/filter-choice.tsx';
import { ListChoice } from '#components/broadcast/audience/list-choice.tsx';
import { NumbersField } from '#components/broadcast/audience/numbers-field.tsx';
import { formatCount } from '#components/format/number.ts';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { recipientMethods } from '#server/domain/broadcast/states.ts';
import type { AudienceFields } from './use-draft.ts';

type Audience = AudienceFields & { wrongNumbers: string[] };
type AudienceFieldProps = { value: Audience; onChange: (value: Partial<Audience>) => void; errorOf: (field: string) => string | undefined };

const methodOptions = [
  { value: 'lists', label: 'People on lists', hint: 'Somebody on several lists gets it once.' },
  { value: 'filter', label: 'A saved filter', hint: 'Whoever matches it when it is sent.' },
  { value: 'numbers', label: 'Numbers', hint: 'Typed or pasted.' },
  { value: 'all', label: 'All contacts', hint: 'Everybody with a phone number who has not opted out.' },
];

/** Who gets it, who does not, and above how many people nobody does. */
export function AudienceField({ value, onChange, errorOf }: AudienceFieldProps) {
  return (
    <div className="grid gap-3">
      <RadioGroup
        legend="Recipients"
        name="recipientMethod"
        id="recipients"
        error={errorOf('recipients')}
        value={value.recipientMethod}
        onValueChange={(chosen) => onChange({ recipientMethod: recipientMethods.find((method) => method === chosen) ?? 'lists' })}
        options={methodOptions}
      />
      <Chosen value={value} onChange={onChange} errorOf={errorOf} />
      <LeftOut value={value} onChange={onChange} />
      <CeilingField value={value.recipientCeiling} onChange={(recipientCeiling) => onChange({ recipientCeiling })} />
    </div>
  );
}

function Chosen({ value, onChange, errorOf }: AudienceFieldProps) {
  switch (value.recipientMethod) {
    case 'lists': return <ListChoice legend="Lists" selected={value.selectedLists} onChange={(selectedLists) => onChange({ selectedLists })} />;
    case 'filter': return <FilterChoice id="selectedFilter" label="Saved filter" none="Choose a filter" error={errorOf('selectedFilter')} value={value.selectedFilter} onChange={(selectedFilter) => onChange({ selectedFilter })} />;
    case 'numbers': return <NumbersField value={value.selectedNumbers} error={errorOf('numbers')} onChange={onChange} />;
    case 'all': return null;
  }
}

/** Folded away while nobody is left out: most broadcasts leave out nobody. */
function LeftOut({ value, onChange }: Omit<AudienceFieldProps, 'errorOf'>) {
  const parts = [value.excludedLists.length > 0 ? formatCount(value.excludedLists.length, 'list') : null, value.excludedFilter ? '1 filter' : null].filter(Boolean);
  const [isOpen, setOpen] = useState(parts.length > 0);
  return (
    <details className="group rounded-card border" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-card px-3 py-2.5 text-body font-medium hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 text-muted-foreground transition-transform group-open:rotate-90 motion-reduce:transition-none" />
        <span>Leave people out</span>
        <span className="ml-auto text-table font-normal text-muted-foreground">{parts.length > 0 ? parts.join(', ') : 'Nobody'}</span>
      </summary>
      <div className="grid gap-3 px-3 pt-1 pb-3">
        <p className="text-table text-muted-foreground">Whoever is on one of these lists, or matches the filter, gets nothing.</p>
        <ListChoice legend="Lists left out" selected={value.excludedLists} onChange={(excludedLists) => onChange({ excludedLists })} />
        <FilterChoice id="excludedFilter" label="Saved filter left out" none="None" value={value.excludedFilter} onChange={(excludedFilter) => onChange({ excludedFilter })} />
      </div>
    </details>
  );
}
