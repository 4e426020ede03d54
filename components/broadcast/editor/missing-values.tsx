'use client';

import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import type { MissingValue } from '#server/domain/broadcast/schema.ts';

type Rules = Record<string, MissingValue>;
type MissingValuesProps = { fields: string[]; value: Rules; onChange: (rules: Rules) => void; onBlur: () => void };

const choices = [
  { value: 'empty', label: 'Leave the place empty' },
  { value: 'default', label: 'Write this instead' },
  { value: 'skip', label: 'Skip the person' },
  { value: 'block', label: 'Do not send at all' },
] as const;

/** For each field of the text without a default of its own: what happens to people who have no value. */
export function MissingValues({ fields, value, onChange, onBlur }: MissingValuesProps) {
  if (fields.length === 0) return null;
  const choose = (field: string, choice: string) => {
    const { [field]: before, ...others } = value;
    if (choice === 'default') onChange({ ...others, [field]: { policy: 'default', value: before?.value ?? '' } });
    else if (choice === 'skip' || choice === 'block') onChange({ ...others, [field]: { policy: choice } });
    else onChange(others);
  };
  return (
    <fieldset className="grid grid-cols-1 gap-2">
      <legend className="mb-1.5 text-body font-medium">When somebody has no value</legend>
      {fields.map((field) => {
        const rule = value[field];
        return (
          <div key={field} className="grid items-center gap-x-3 gap-y-1.5 sm:grid-cols-[10rem_minmax(0,1fr)_minmax(0,1fr)]">
            <code className="min-w-0 truncate font-mono text-table">{`{{${field}}}`}</code>
            <Select aria-label={`Without ${field}`} value={rule?.policy ?? 'empty'} onChange={(event) => choose(field, event.target.value)}>
              {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
            </Select>
            {rule?.policy === 'default' ? (
              <Input aria-label={`Instead of ${field}`} placeholder="there" maxLength={200} autoComplete="off" value={rule.value ?? ''} onBlur={onBlur} onChange={(event) => onChange({ ...value, [field]: { policy: 'default', value: event.target.value } })} />
            ) : null}
          </div>
        );
      })}
    </fieldset>
  );
}
