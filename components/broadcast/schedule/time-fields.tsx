'use client';

import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Select } from '#components/ui/select.tsx';
import type { Choice } from './choice.ts';

const kinds = [
  { value: 'moment', label: 'At one moment for everybody', hint: 'All messages leave from then on, at the pace of your sender.' },
  { value: 'local', label: 'At the same hour for each person', hint: 'By the clock where they are: the time zone of the contact, else of the number. Where a number may be in several zones, the last one decides.' },
];

/** Day, time and zone. */
export function TimeFields({ choice, problem }: { choice: Choice; problem: string | null }) {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  return (
    <div className="grid gap-4">
      <RadioGroup legend="When" name="kind" look="cards" options={kinds} value={choice.isLocal ? 'local' : 'moment'} onValueChange={(value) => choice.setLocal(value === 'local')} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="schedule-date" label="Day" error={problem ?? undefined}><Input type="date" value={choice.date} onChange={(event) => choice.setDate(event.target.value)} /></Field>
        <Field id="schedule-time" label="Time"><Input type="time" value={choice.time} onChange={(event) => choice.setTime(event.target.value)} /></Field>
        {choice.isLocal ? null : (
          <Field id="schedule-zone" label="Time zone" className="sm:col-span-2">
            <Select value={choice.zone} onChange={(event) => choice.setZone(event.target.value)}>
              {(zones.includes(choice.zone) ? zones : [choice.zone, ...zones]).map((zone) => <option key={zone} value={zone}>{zone.replaceAll('_', ' ')}</option>)}
            </Select>
          </Field>
        )}
      </div>
    </div>
  );
}
