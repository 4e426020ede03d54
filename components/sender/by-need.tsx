import { useState } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { adviseNumber, type Advice } from '#server/channels/sms/number-advice.ts';
import { shopCountries } from './countries.ts';

const words: Record<Advice['type'], string> = { local: 'Local number', toll_free: 'Toll-free number', mobile: 'Mobile number', short_code: 'Short code', alphanumeric: 'Your name as sender' };
type Sold = 'local' | 'toll_free' | 'mobile';
const isSold = (type: Advice['type']): type is Sold => type === 'local' || type === 'toll_free' || type === 'mobile';

/** P8: what kind of number a need asks for, and why. */
export function ByNeed({ onChoose }: { onChoose: (wish: { country: string; type: Sold }) => void }) {
  const [country, setCountry] = useState('US');
  const [perDay, setPerDay] = useState('1000');
  const [isTwoWay, setTwoWay] = useState(true);
  const found = adviseNumber({ country, perDay: Math.max(1, Number(perDay) || 1), isTwoWay });
  return (
    <Card title="What do you need?" description={found[0]?.source}>
      <div className="grid gap-4">
        <div className="grid items-end gap-3 sm:grid-cols-3">
          <Field label="People in"><Select value={country} onChange={(event) => { setCountry(event.currentTarget.value); }}>{shopCountries.map(([code, name]) => <option key={code} value={code}>{name}</option>)}</Select></Field>
          <Field label="Messages on a busy day"><Input type="number" min={1} inputMode="numeric" value={perDay} onChange={(event) => { setPerDay(event.currentTarget.value); }} /></Field>
          <div className="pb-2"><Checkbox label="They must be able to reply" checked={isTwoWay} onChange={(event) => { setTwoWay(event.currentTarget.checked); }} /></div>
        </div>
        <ul aria-label="Advice" className="grid gap-3">
          {found.map(({ type, isBest, why, takes }) => (
            <li key={type} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 rounded-card bg-surface p-3">
              <div className="min-w-0 max-w-prose">
                <p className="flex flex-wrap items-center gap-2 text-body font-medium">{words[type]}{isBest ? <Badge>Fits best</Badge> : null}</p>
                <p className="text-body">{why}</p>
                <p className="text-table text-muted-foreground">{takes}</p>
              </div>
              {isSold(type) ? <Button size="sm" onClick={() => { onChoose({ country, type }); }}>Search these</Button> : null}
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
