import { deliveryLooks, type DeliveryState } from '#components/broadcast/delivery-states.ts';
import { Status } from '#components/ui/status.tsx';

/** The state of one message as icon, word and colour. */
export function DeliveryStatus({ status, look }: { status: DeliveryState; look?: 'badge' | 'plain' }) {
  const found = deliveryLooks.find((each) => each.state === status);
  return <Status family={found?.family ?? 'neutral'} look={look}>{found?.word ?? status}</Status>;
}
