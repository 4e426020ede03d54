'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';

type FilterChoiceProps = { id: string; label: string; none: string; error?: string; value: string | null; onChange: (id: string | null) => void };

/** One of the saved filters, with how many people match it now. */
export function FilterChoice({ id, label, none, error, value, onChange }: FilterChoiceProps) {
  const trpc = useTRPC();
  const { data: filters, isError } = useQuery(trpc.audience.filters.queryOptions());
  if (filters?.length === 0 && value === null) {
    return <p className="text-body text-muted-foreground">There are no saved filters yet. <Link href="/filters" className="text-link underline underline-offset-3">Make one</Link>.</p>;
  }
  return (
    <Field label={label} id={id} error={isError ? 'Your filters could not be read. Reload the page to try again.' : error}>
      <Select value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
        <option value="">{none}</option>
        {value && !filters?.some((filter) => filter.id === value) ? <option value={value}>{filters ? 'A filter that was deleted' : 'Loading'}</option> : null}
        {filters?.map((filter) => <option key={filter.id} value={filter.id}>{filter.name} · {formatCount(filter.people, 'person', 'people')}</option>)}
      </Select>
      {value && filters?.some((filter) => filter.id === value) ? <p className="text-table"><Link href={`/filters/${value}`} className="text-link underline underline-offset-3">See or change this filter</Link></p> : null}
    </Field>
  );
}
