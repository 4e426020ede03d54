'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { DeparturesInput } from '#server/domain/time-zone/schema.ts';
import { suggestedTime, wallClockIn } from './zone.ts';

export type Choice = ReturnType<typeof useChoice>;

/** What was typed and picked in the dialog: date and time as on a wall, in a zone, or the same on every recipient's wall. Browser only. */
export function useChoice({ scheduledAt, localSendAt, timeZone }: Pick<BroadcastView, 'scheduledAt' | 'localSendAt' | 'timeZone'>) {
  const trpc = useTRPC();
  const { data: organization } = useQuery(trpc.organization.read.queryOptions());
  const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [picked, setZone] = useState<string | null>(timeZone);
  const [isLocal, setLocal] = useState(localSendAt !== null);
  const zone = picked ?? organization?.timeZone ?? ownZone;
  const [start] = useState(() => localSendAt ?? (scheduledAt ? wallClockIn(new Date(scheduledAt), timeZone ?? ownZone) : suggestedTime(timeZone ?? ownZone, new Date())));
  const [date, setDate] = useState(start.slice(0, 10));
  const [time, setTime] = useState(start.slice(11));
  const wall = `${date}T${time}`;
  return {
    zone, setZone, ownZone, isLocal, setLocal, date, setDate, time, setTime, wall, isComplete: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall),
    question: (id: string): DeparturesInput => ({ id, at: wall, timeZone: zone, isLocal }),
  };
}
