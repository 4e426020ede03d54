'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import type { Options, Target } from './options.ts';

export type Country = { code: string; name: string };
type ImportOptionsProps = { options: Options; countries: readonly Country[]; onChange: (options: Options) => void };

/** The country of numbers without one, and the list that everybody joins. */
export function ImportOptions({ options, countries, onChange }: ImportOptionsProps) {
  const trpc = useTRPC();
  const { data: lists = [] } = useQuery(trpc.audience.lists.queryOptions());
  const { target } = options;
  const setTarget = (next: Target) => onChange({ ...options, target: next });
  const chosen = target.kind === 'existing' ? `list:${target.list}` : target.kind;
  const choose = (value: string) => {
    if (value === 'none') setTarget({ kind: 'none' });
    else if (value === 'new') setTarget({ kind: 'new', listName: '' });
    else setTarget({ kind: 'existing', list: value.slice('list:'.length) });
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Default country" hint="Numbers without + are read as numbers of this country, and dates in its order.">
        <Select value={options.country} onChange={(event) => onChange({ ...options, country: event.target.value })}>
          {countries.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
        </Select>
      </Field>
      <div className="grid content-start gap-4">
        <Field label="List" hint="Everybody in the file joins it.">
          <Select value={chosen} onChange={(event) => choose(event.target.value)}>
            <option value="none">No list</option>
            <option value="new">New list…</option>
            {target.kind === 'existing' && !lists.some(({ slug }) => slug === target.list) ? <option value={chosen}>{target.list}</option> : null}
            {lists.length > 0 ? <optgroup label="Lists">{lists.map(({ id, slug, name }) => <option key={id} value={`list:${slug}`}>{name}</option>)}</optgroup> : null}
          </Select>
        </Field>
        {target.kind === 'new' ? (
          <Field id="listName" label="Name of the new list">
            <Input autoComplete="off" maxLength={100} value={target.listName} onChange={(event) => setTarget({ kind: 'new', listName: event.target.value })} />
          </Field>
        ) : null}
      </div>
    </div>
  );
}
