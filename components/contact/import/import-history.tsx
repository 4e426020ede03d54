'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatNumber } from '#components/format/number.ts';
import { pageIn } from '#components/layout/page-query.ts';
import { Paging } from '#components/layout/paging.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import type { Family } from '#components/ui/family.ts';
import { Status } from '#components/ui/status.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ImportView, UploadView } from '#server/domain/contact-import/schema.ts';
import { PATH } from './query.ts';
import { UndoImport } from './undo-import.tsx';

/** Files that wait, and what was imported, newest first. Left out while there is nothing. */
export function ImportHistory() {
  const trpc = useTRPC();
  const { data: uploads = [] } = useQuery(trpc.contactImport.uploads.queryOptions(undefined, { refetchInterval: ({ state }) => (state.data?.some((each) => each.state === 'checking' || each.state === 'writing') ? 1_000 : false) }));
  const { data, error } = useQuery(trpc.contactImport.list.queryOptions({ p: pageIn(useSearchParams()), ps: 20 }, { placeholderData: keepPreviousData }));
  return (
    <>
      {uploads.length > 0 ? <Card isFlush title="Begun"><Uploads uploads={uploads} /></Card> : null}
      {error ? <Alert family="danger" isLive title="The imports could not be read">{problemMessage(error)}</Alert> : null}
      {data && data.data.length > 0 ? <Card isFlush title="Imported"><Imports imports={data.data} />{data.total > data.data.length ? <div className="px-4"><Paging path={PATH} shown={data.data.length} {...data} /></div> : null}</Card> : null}
    </>
  );
}

const states: Record<UploadView['state'], { family: Family; word: string }> = {
  uploading: { family: 'progress', word: 'Uploading' }, checking: { family: 'progress', word: 'Checking' }, ready: { family: 'info', word: 'Checked, not imported yet' }, writing: { family: 'progress', word: 'Importing' },
  done: { family: 'success', word: 'Imported' }, failed: { family: 'danger', word: 'Cannot be imported' },
};

function Uploads({ uploads }: { uploads: readonly UploadView[] }) {
  return (
    <Table caption="Files that were begun">
      <TableHeader><TableHead>File</TableHead><TableHead>State</TableHead><TableHead isNumeric>Rows</TableHead><TableHead>Chosen</TableHead></TableHeader>
      <TableBody>
        {uploads.map((upload) => (
          <TableRow key={upload.id}>
            <TableCell className="max-w-64 break-words"><Link href={`${PATH}?upload=${upload.id}`} className="font-medium underline-offset-3 after:absolute after:inset-0 hover:underline sm:after:hidden">{upload.fileName}</Link></TableCell>
            <TableCell label="State"><Status look="plain" family={states[upload.state].family}>{states[upload.state].word}</Status></TableCell>
            <TableCell label="Rows" isNumeric className="tabular-nums">{formatNumber(upload.rowsDone)}</TableCell>
            <TableCell label="Chosen" className="text-muted-foreground"><Time value={upload.createdAt} /></TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Imports({ imports }: { imports: readonly ImportView[] }) {
  return (
    <Table caption="Finished imports">
      <TableHeader>
        <TableHead>File</TableHead><TableHead isNumeric>New</TableHead><TableHead isNumeric>Updated</TableHead><TableHead isNumeric>Unchanged</TableHead><TableHead isNumeric>Refused</TableHead><TableHead>When</TableHead><TableHead><span className="sr-only">Undo</span></TableHead>
      </TableHeader>
      <TableBody>{imports.map((each) => <ImportRow key={each.id} done={each} />)}</TableBody>
    </Table>
  );
}

function ImportRow({ done }: { done: ImportView }) {
  const name = <span className="font-medium break-words">{done.fileName}</span>;
  return (
    <TableRow>
      <TableCell className="max-w-64">
        <span className="grid">
          {done.uploadId ? <Link href={`${PATH}?upload=${done.uploadId}`} className="py-1 underline-offset-3 hover:underline">{name}</Link> : name}
          {done.list ? <span className="text-table font-normal text-muted-foreground">into <Link href={`/lists/${done.list.slug}`} className="underline underline-offset-3">{done.list.name}</Link></span> : null}
        </span>
      </TableCell>
      <TableCell label="New" isNumeric className="tabular-nums">{formatNumber(done.created)}</TableCell>
      <TableCell label="Updated" isNumeric className="tabular-nums">{formatNumber(done.updated)}</TableCell>
      <TableCell label="Unchanged" isNumeric className="tabular-nums" isHiddenOnCard>{formatNumber(done.unchanged)}</TableCell>
      <TableCell label="Refused" isNumeric className="tabular-nums">{formatNumber(done.refused)}</TableCell>
      <TableCell label="When" className="text-muted-foreground"><span className="grid"><Time value={done.createdAt} />{done.importedBy ? <span className="text-table">by {done.importedBy}</span> : null}</span></TableCell>
      <TableCell className="sm:text-right">{done.undoneAt ? <Status look="plain" family="neutral">Undone</Status> : done.undoUntil ? <UndoImport done={done} size="sm" /> : <span className="text-table text-muted-foreground">Older than 30 days</span>}</TableCell>
    </TableRow>
  );
}
