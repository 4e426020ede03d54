'use client';

import Link from 'next/link';
import { WriteBroadcast } from '#components/audience/write-broadcast.tsx';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { ImportResult } from '#server/domain/contact-import/schema.ts';
import { CheckResult } from './check-result.tsx';

/** What went in, and the ways on. */
export function ImportDone({ result, fileName, onStartOver }: { result: ImportResult; fileName: string; onStartOver: () => void }) {
  const people = result.created + result.updated + result.unchanged;
  const { list } = result;
  return (
    <div className="grid gap-4">
      <Alert
        family="success"
        isLive
        title={`${formatCount(people, 'person is', 'people are')} in${list ? ` ${list.name}` : ' your contacts'}`}
      >
        {formatNumber(result.created)} new, {formatNumber(result.updated)} updated, {formatNumber(result.unchanged)} unchanged, {formatNumber(result.refused)} refused.
      </Alert>
      <div className="flex flex-col gap-2 sm:flex-row">
        {list ? <><WriteBroadcast list={list} /><Button asChild><Link href={`/lists/${list.slug}`}>Open the list</Link></Button></> : <Button asChild variant="primary"><Link href="/contacts">See contacts</Link></Button>}
        <Button onClick={onStartOver}>Import another file</Button>
      </div>
      <CheckResult result={result} fileName={fileName} />
    </div>
  );
}
