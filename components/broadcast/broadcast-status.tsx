import { Ban, CalendarClock, CircleDashed, Hourglass, LoaderCircle, OctagonAlert, Pause, Check, type LucideIcon } from 'lucide-react';
import type { Family } from '#components/ui/family.ts';
import { Status } from '#components/ui/status.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

type BroadcastState = BroadcastView['status'];
type Look = { word: string; family: Family; icon: LucideIcon };

export const broadcastLook: Record<BroadcastState, Look> = {
  draft: { word: 'Draft', family: 'neutral', icon: CircleDashed },
  scheduled: { word: 'Scheduled', family: 'info', icon: CalendarClock },
  sending: { word: 'Sending', family: 'progress', icon: LoaderCircle },
  paused: { word: 'Paused', family: 'warning', icon: Pause },
  sent: { word: 'Sent', family: 'success', icon: Check },
  cancelled: { word: 'Cancelled', family: 'neutral', icon: Ban },
  failed: { word: 'Failed', family: 'danger', icon: OctagonAlert },
};

/** A broadcast that is sending and names a reason does not move: it waits. */
const waiting: Look = { word: 'Waiting', family: 'warning', icon: Hourglass };

type BroadcastStatusProps = { status: BroadcastState; reason?: string | null; /** What it waits for by itself, if for anything. */ waitsFor?: string | null; className?: string };

/** The state as icon, word and colour. The reason is text of its own: see StatusReason. */
export function BroadcastStatus({ status, reason, waitsFor, className }: BroadcastStatusProps) {
  const look = (status === 'sending' && reason) || (status === 'paused' && waitsFor) ? waiting : broadcastLook[status];
  return <Status family={look.family} icon={look.icon} className={className}>{look.word}</Status>;
}
