'use client';

import { useDepartures } from './use-departures.ts';
import { Card } from '#components/ui/card.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { Departures } from './departures.tsx';
import { QuietSwitch } from './quiet-switch.tsx';
import { useBrowserTimeZone } from '#components/account/time-zone.ts';

/** For the review: who would get it when if it left now, because of the quiet hours. Nothing when the organisation has none. */
export function SendHours({ broadcast }: { broadcast: Pick<BroadcastView, 'id' | 'status' | 'ignoresQuietHours'> }) {
  const zone = useBrowserTimeZone();
  const { data: view } = useDepartures({ id: broadcast.id });
  if (!view?.quietFrom) return null;
  return (
    <Card title="Quiet hours">
      <div className="grid gap-4">
        <QuietSwitch broadcast={broadcast} view={view} />
        {view.quietPeople > 0 && zone ? <Departures view={view} zone={zone} /> : null}
      </div>
    </Card>
  );
}
