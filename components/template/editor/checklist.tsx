'use client';

import { CircleCheck } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Status } from '#components/ui/status.tsx';
import type { TemplateFault } from '#server/channels/whatsapp/rules/fault.ts';
import { selectPlace } from './select-place.ts';

type ChecklistProps = { faults: readonly TemplateFault[] | null; onFix: (fault: TemplateFault) => void };

/** What a reviewer would say, before the reviewer says it: each fault with its place and, where there is one, the change that mends it. */
export function Checklist({ faults, onFix }: ChecklistProps) {
  const errors = faults?.filter(({ severity }) => severity === 'error').length ?? 0;
  const warnings = (faults?.length ?? 0) - errors;
  return (
    <Card title="Reviewer’s checklist" description={<span role="status">{faults === null ? 'Reading the rules…' : summary(errors, warnings)}</span>}>
      {faults?.length === 0 ? <p className="flex items-center gap-2 text-body"><CircleCheck aria-hidden className="size-4 text-success-text" /> Nothing that Meta is known to refuse.</p> : null}
      <ul className="grid grid-cols-1 gap-3">
        {faults?.map((fault, index) => (
          <li key={`${fault.code}-${index}`} className="grid grid-cols-1 gap-1.5 border-b pb-3 last:border-b-0 last:pb-0">
            <div className="flex flex-wrap items-start gap-x-2 gap-y-1">
              <Status family={fault.severity === 'error' ? 'danger' : 'warning'}>{fault.severity === 'error' ? 'Must be mended' : 'Look at this'}</Status>
              <p className="min-w-48 flex-1 text-body">{fault.message}</p>
            </div>
            <div className="flex flex-wrap gap-2">
              {fault.fix ? <Button size="sm" onClick={() => onFix(fault)}>{fault.fix.label}</Button> : null}
              <Button size="sm" variant="ghost" aria-label={`Show: ${fault.message}`} onClick={() => selectPlace(fault.place)}>Show</Button>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function summary(errors: number, warnings: number): string {
  const said = [errors > 0 ? `${errors} to mend before the submit` : '', warnings > 0 ? `${warnings} to look at` : ''].filter((text) => text !== '');
  return said.length === 0 ? 'All in order.' : `${said.join(', ')}.`;
}
