'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ActivityView } from '#server/domain/contact/schema.ts';
import { optOutReason } from './words.ts';

/** What happened to this person, newest first. Left out while there is nothing. */
export function ContactActivity({ contactId }: { contactId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.contact.activities.queryOptions({ contactId, ps: 20 }));
  if (!data || data.data.length === 0) return null;
  return (
    <Card title="History">
      <ol className="grid gap-3">
        {data.data.map((activity) => (
          <li key={activity.id} className="grid gap-0.5">
            <span className="flex flex-wrap items-baseline justify-between gap-x-3"><span className="font-medium">{titleOf(activity)}</span><Time value={activity.createdAt} className="text-table text-muted-foreground" /></span>
            <span className="text-table text-muted-foreground">{detailOf(activity)}</span>
          </li>
        ))}
      </ol>
      {data.hasNext ? <p className="mt-3 text-table text-muted-foreground">The latest 20 of {data.total}.</p> : null}
    </Card>
  );
}

const titles: Record<string, string> = { opted_out: 'Opted out', opted_in: 'New consent' };
const titleOf = ({ kind }: ActivityView) => titles[kind] ?? kind.replaceAll('_', ' ');

function detailOf({ kind, detail }: ActivityView): string {
  if (kind === 'opted_in' && typeof detail.consentSource === 'string') return detail.consentSource;
  if (kind !== 'opted_out') return '';
  const reason = optOutReason(typeof detail.source === 'string' ? detail.source : null);
  return typeof detail.fileName === 'string' ? `${reason} File: ${detail.fileName}` : reason;
}
