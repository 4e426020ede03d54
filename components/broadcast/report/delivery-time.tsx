import { formatDuration } from '#components/format/duration.ts';
import { Card } from '#components/ui/card.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';

const words = [['p50', 'Half of them within'], ['p90', '90% within'], ['p99', '99% within']] as const;

/** From handing a message to Twilio until the carrier confirmed it. */
export function DeliveryTime({ seconds }: { seconds: ReportView['deliverySeconds'] }) {
  const isKnown = words.some(([name]) => seconds[name] !== null);
  return (
    <Card title="Time to deliver" description="From Twilio's yes to the carrier's receipt.">
      {isKnown ? (
        <dl className="grid grid-cols-3 gap-3">
          {words.map(([name, label]) => {
            const value = seconds[name];
            return (
              <div key={name} className="min-w-0">
                <dt className="text-table text-muted-foreground">{label}</dt>
                <dd className="text-reading font-semibold tabular-nums">{value === null ? '–' : formatDuration(value)}</dd>
              </div>
            );
          })}
        </dl>
      ) : <p className="text-body text-muted-foreground">No receipt has come yet.</p>}
    </Card>
  );
}
