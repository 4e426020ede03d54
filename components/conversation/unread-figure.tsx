'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { unreadInput } from './unread-input.ts';

const OFTEN = 20_000; // ms; the open inbox tells at once

/** Messages that nobody has read, in the frame of every page. It comes after the page: nothing waits for it. */
export function UnreadFigure({ className }: { className?: string }) {
  const { data } = useQuery(useTRPC().conversation.list.queryOptions(unreadInput, { refetchInterval: OFTEN, retry: false }));
  if (!data || data.unread === 0) return null;
  return <span className={classNames('inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-primary px-1 text-caption leading-none font-semibold text-on-primary tabular-nums', className)}>{data.unread > 99 ? '99+' : data.unread}<span className="sr-only"> unread</span></span>;
}
