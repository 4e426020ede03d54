'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { FileDrop } from './file-drop.tsx';
import type { Country } from './import-options.tsx';
import { ImportHistory } from './import-history.tsx';
import { inMegabytes } from './moving.tsx';
import { PATH, uploadIn } from './query.ts';
import { OneUpload } from './one-upload.tsx';
import { useSendFile } from './use-send-file.ts';
import { useUpload } from './use-upload.ts';

type ImportPageProps = { countries: readonly Country[]; country: string };

/** Without an upload in the address: a place for a file, and what was imported before. */
export function ImportPage({ countries, country }: ImportPageProps) {
  const query = useSearchParams();
  const id = uploadIn(query);
  return (
    <>
      <PageHeader title="Import contacts" breadcrumb={[{ label: 'Contacts', href: '/contacts' }]} description="The whole file is checked before anything is written. Importing sends no message." />
      <div className="grid max-w-5xl gap-4">{id ? <Opened key={id} id={id} countries={countries} country={country} /> : <Start list={query.get('list')?.slice(0, 100) || null} />}</div>
    </>
  );
}

function Start({ list }: { list: string | null }) {
  const router = useRouter();
  const mayWrite = useMayWrite();
  const { sending, problem, send, abort } = useSendFile(list, (id) => router.push(`${PATH}?upload=${id}`));
  return (
    <>
      {problem ? <Alert family="danger" isLive title="This file cannot be imported">{problem}</Alert> : null}
      {sending ? (
        <Card title={`Uploading ${sending.name}`} actions={<Button size="sm" onClick={abort}>Cancel</Button>}>
          <Progress label="Uploaded" value={sending.sent} max={sending.size} valueText={`${inMegabytes(sending.sent)} of ${inMegabytes(sending.size)}`} />
          <p className="mt-2 text-table text-muted-foreground tabular-nums">{inMegabytes(sending.sent)} of {inMegabytes(sending.size)}. Keep this page open until the file is here; after that you may leave it.</p>
        </Card>
      ) : null}
      {mayWrite && !sending ? <FileDrop onFile={send} /> : null}
      <ImportHistory />
    </>
  );
}

function Opened({ id, countries, country }: ImportPageProps & { id: string }) {
  const { data: upload, error, refetch, isFetching } = useUpload(id);
  if (upload) return <OneUpload upload={upload} countries={countries} country={country} />;
  if (!error) return <Card isFlush><SkeletonRows label="Loading the upload" /></Card>;
  return <Alert family="danger" isLive title="This upload could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert>;
}
