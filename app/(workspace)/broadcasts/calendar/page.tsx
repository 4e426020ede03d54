import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { Calendar } from '#components/broadcast/calendar/calendar.tsx';
import { calendarMonthFrom } from '#components/broadcast/calendar/month.ts';
import { queryOf } from '#components/layout/page-query.ts';

export const metadata: Metadata = { title: 'Calendar' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function CalendarPage({ searchParams }: Props) {
  await Promise.allSettled([fetchNow(trpc.broadcast.calendar.queryOptions({ month: calendarMonthFrom(queryOf(await searchParams)) }))]);
  return <HydrateClient><Calendar /></HydrateClient>;
}
