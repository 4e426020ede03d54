import { Time } from '#components/ui/time.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

/** The second person whose word the send took. */
export function ApprovedBy({ approval: { by, at } }: { approval: NonNullable<BroadcastView['approval']> }) {
  return <>Approved by {by ?? 'somebody who has left'}, <Time value={at} mode="absolute" /></>;
}
