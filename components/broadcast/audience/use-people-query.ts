'use client';

import { useTRPC } from '#components/trpc/client.tsx';
import { changeSides, type ChangeSide, type PeopleKey } from './people-query.ts';

const isSide = (key: PeopleKey): key is ChangeSide => changeSides.some((side) => side === key);

/** What asks for a page of the people behind a figure of the audience. */
export function usePeopleQuery(broadcastId: string) {
  const trpc = useTRPC();
  return (key: PeopleKey, p: number, ps: number) =>
    (isSide(key) ? trpc.audience.changePeople.queryOptions({ broadcastId, side: key, p, ps }) : trpc.audience.waterfallPeople.queryOptions({ broadcastId, key, p, ps }));
}
