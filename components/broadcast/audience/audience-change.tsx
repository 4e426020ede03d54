'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatNumber } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Time } from '#components/ui/time.tsx';
import { PeopleLink } from './people-link.tsx';
import type { ChangeSide } from './people-query.ts';

/** Who came and who went since this audience was last written to. Nothing when it never was. */
export function AudienceChange({ broadcastId }: { broadcastId: string }) {
  const trpc = useTRPC();
  const { data: change } = useQuery(trpc.audience.change.queryOptions({ broadcastId }));
  if (!change) return null;
  return (
    <p className="text-table text-muted-foreground">
      Since <Link href={`/broadcasts/${change.broadcastId}`} className="underline underline-offset-3">{change.broadcastName}</Link> (<Time value={change.sentAt} />): <People side="joined" count={change.joined} /> joined, <People side="left" count={change.left} /> left.
    </p>
  );
}

function People({ side, count }: { side: ChangeSide; count: number }) {
  const text = formatNumber(count);
  return count === 0 ? <span className="tabular-nums">{text}</span> : <PeopleLink people={side} label={`${text} ${side}: see who`}>{text}</PeopleLink>;
}
