'use client';

import Link from 'next/link';
import { WriteBroadcast } from '#components/audience/write-broadcast.tsx';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { StatGroup, StatTile } from '#components/ui/stat-tile.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ImportView, UploadView } from '#server/domain/contact-import/schema.ts';
import { ErrorFile } from './repair.tsx';
import { PATH } from './query.ts';
import { UndoImport } from './undo-import.tsx';

/** What went in, and the ways on and back. */
export function ImportDone({ upload, done }: { upload: UploadView; done: ImportView }) {
  const { list } = done;
  const people = done.created + done.updated + done.unchanged;
  return (
    <div className="grid gap-4">
      {done.undoneAt ? (
        <Alert family="neutral" isLive title="This import was undone"><Time value={done.undoneAt} />{done.undoneBy ? ` by ${done.undoneBy}` : ''}. People who were messaged, edited or opted out meanwhile stayed.</Alert>
      ) : (
        <Alert family="success" isLive title={`${formatCount(people, 'person is', 'people are')} in${list ? ` ${list.name}` : ' your contacts'}`}>
          {upload.result && upload.result.optedOut > 0 ? `${formatCount(upload.result.optedOut, 'of them has', 'of them have')} opted out and get no messages. ` : ''}{done.undoUntil ? <>You can undo this until <Time value={done.undoUntil} mode="absolute" />.</> : null}
        </Alert>
      )}
      <StatGroup>
        <StatTile size="compact" label="New" value={formatNumber(done.created)} />
        <StatTile size="compact" label="Updated" value={formatNumber(done.updated)} />
        <StatTile size="compact" label="Unchanged" value={formatNumber(done.unchanged)} />
        <StatTile size="compact" label="Refused" value={formatNumber(done.refused)} hint={upload.result && upload.result.duplicates > 0 ? `${formatNumber(upload.result.duplicates)} because a later row has the same number.` : undefined} />
      </StatGroup>
      <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
        {list && !done.undoneAt ? <><WriteBroadcast list={list} /><Button asChild><Link href={`/lists/${list.slug}`}>Open the list</Link></Button></> : <Button asChild><Link href="/contacts">See contacts</Link></Button>}
        <Button asChild><Link href={PATH}>Import another file</Link></Button>
        {done.refused > 0 ? <ErrorFile uploadId={upload.id} /> : null}
        {done.undoUntil ? <UndoImport done={done} /> : null}
      </div>
    </div>
  );
}
