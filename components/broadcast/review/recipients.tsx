import { AudienceChange } from '#components/broadcast/audience/audience-change.tsx';
import { Waterfall } from '#components/broadcast/audience/waterfall.tsx';
import { formatNumber } from '#components/format/number.ts';
import { Card } from '#components/ui/card.tsx';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';

type RecipientsProps = { broadcast: BroadcastView; preview: PreviewView; from: string | undefined; isCounting: boolean };

/** The way from everybody chosen to those who get it, with the guard that holds at the send. */
export function Recipients({ broadcast, preview, from, isCounting }: RecipientsProps) {
  const ceiling = broadcast.recipientCeiling;
  return (
    <Card title="Who gets it">
      <div className="grid gap-3">
        <Waterfall steps={preview.waterfall} from={from} isCounting={isCounting} />
        <AudienceChange broadcastId={broadcast.id} />
        {ceiling === null ? null : <p className="text-table text-muted-foreground">Nothing is sent when more than {formatNumber(ceiling)} people would get it at that moment.</p>}
        {preview.missingVariable > 0 ? <p className="text-table text-muted-foreground">For {formatNumber(preview.missingVariable)} of them a field of the text is empty.</p> : null}
      </div>
    </Card>
  );
}
