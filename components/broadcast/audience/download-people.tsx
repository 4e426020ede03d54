'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { download } from '#components/contact/import/download.ts';
import { formatPercent } from '#components/format/percent.ts';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import type { AudiencePersonView } from '#server/domain/audience/schema.ts';
import { peopleCsv } from './people-csv.ts';
import type { PeopleKey } from './people-query.ts';
import { usePeopleQuery } from './use-people-query.ts';

const AT_ONCE = 200; // people, the most that a page may have

/** Everybody behind a figure as a CSV file. */
export function DownloadPeople({ broadcastId, people: key, total }: { broadcastId: string; people: PeopleKey; total: number }) {
  const queryClient = useQueryClient();
  const optionsOf = usePeopleQuery(broadcastId);
  const [read, setRead] = useState<number | null>(null);
  const start = async () => {
    const people: AudiencePersonView[] = [];
    setRead(0);
    try {
      for (let page = 1, hasNext = true; hasNext; page += 1) {
        const found = await queryClient.fetchQuery({ ...optionsOf(key, page, AT_ONCE), staleTime: 0, gcTime: 0 });
        people.push(...found.data);
        setRead(people.length);
        hasNext = found.hasNext;
      }
      download(`${key}.csv`, peopleCsv(people));
    } catch (error) {
      notify.error('The file was not made', { description: problemMessage(error) });
    }
    setRead(null);
  };
  return (
    <Button size="sm" icon={<Download aria-hidden />} loading={read !== null} onClick={() => void start()}>
      {read !== null && total > AT_ONCE ? `Reading ${formatPercent(read, total)}` : 'Download CSV'}
    </Button>
  );
}
