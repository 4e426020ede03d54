import { formatNumber } from '#components/format/number.ts';
import { Card } from '#components/ui/card.tsx';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';

type Step = { label: string; value: number };

/** The way from everybody chosen to those who get it; the numbers add up, whatever was left out. */
export function Recipients({ preview, from }: { preview: PreviewView; from: string }) {
  const left: Step[] = [
    { label: 'Duplicates', value: preview.duplicate },
    { label: 'Opted out', value: preview.optedOut },
    { label: 'No phone number', value: preview.noPhone },
  ];
  const other = preview.total - left.reduce((sum, step) => sum + step.value, 0) - preview.recipients;
  if (other > 0) left.push({ label: 'Left out for other reasons', value: other });
  return (
    <Card title="Who gets it">
      <dl className="grid gap-1.5 text-body tabular-nums">
        <Line label={from} value={formatNumber(preview.total)} />
        {left.map((step) => <Line key={step.label} label={step.label} value={step.value === 0 ? '0' : `−${formatNumber(step.value)}`} isMuted={step.value === 0} />)}
        <div className="mt-1 flex items-baseline justify-between gap-4 border-t pt-2 font-semibold">
          <dt>Will be sent</dt>
          <dd className="text-reading">{formatNumber(preview.recipients)}</dd>
        </div>
      </dl>
      {preview.missingVariable > 0 ? <p className="mt-3 text-table text-muted-foreground">For {formatNumber(preview.missingVariable)} of them a field of the text is empty.</p> : null}
    </Card>
  );
}

function Line({ label, value, isMuted }: { label: string; value: string; isMuted?: boolean }) {
  return (
    <div className={isMuted ? 'flex justify-between gap-4 text-muted-foreground' : 'flex justify-between gap-4'}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
