'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { hrefWith } from '#components/layout/page-query.ts';
import { Paging } from '#components/layout/paging.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/select.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import type { CheckResult, UploadView } from '#server/domain/contact-import/schema.ts';
import { kindWord } from './kinds.ts';
import { keptRows, PATH, rowsInput } from './query.ts';
import { RepairGrid, type Edits } from './repair-grid.tsx';
import { ReplaceBeginning } from './replace-beginning.tsx';
import type { UploadSteps } from './use-upload.ts';

type RepairProps = { upload: UploadView; result: CheckResult; steps: UploadSteps; mayWrite: boolean };

/** The refused rows: correct cells here, all that begin alike at once, or the file of them by itself. */
export function Repair({ upload, result, steps, mayWrite }: RepairProps) {
  const trpc = useTRPC();
  const query = useSearchParams();
  const [edits, setEdits] = useState<Edits>({});
  const { data, error } = useQuery(trpc.contactImport.rows.queryOptions(rowsInput(upload.id, 'refused', query), keptRows));
  const { repair } = steps;
  const cells = Object.values(edits);
  const send = () => repair.mutate({ id: upload.id, cells }, { onSuccess: () => setEdits({}) });
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-3 border-b p-4">
        <KindSelect result={result} />
        <ErrorFile uploadId={upload.id} size="sm" />
      </div>
      {mayWrite ? <ReplaceBeginning columns={result.columns} isBusy={repair.isPending} onReplace={(replace) => repair.mutate({ id: upload.id, replace })} /> : null}
      {repair.error ? <p role="alert" className="border-b px-4 py-3 text-body font-medium text-destructive">{problemMessage(repair.error)}</p> : null}
      {error ? <p role="alert" className="p-4 text-body">{problemMessage(error)}</p> : null}
      {!data && !error ? <SkeletonRows label="Loading rows" /> : null}
      {data ? <RepairGrid rows={data.data} columns={result.columns} edits={edits} isEditable={mayWrite} onEdit={setEdits} /> : null}
      {data && data.data.length > 0 ? <div className="px-4"><Paging path={PATH} shown={data.data.length} {...data} /></div> : null}
      {mayWrite ? (
        <div className="flex flex-wrap items-center gap-3 border-t p-4">
          <Button variant="secondary" loading={repair.isPending} disabled={cells.length === 0} onClick={send}>{cells.length === 0 ? 'Check corrected cells' : `Check ${formatCount(cells.length, 'corrected cell')}`}</Button>
          <span className="text-table text-muted-foreground">Only these rows are checked again. Rows that stay refused are left out; the others can go in.</span>
        </div>
      ) : null}
    </>
  );
}

function KindSelect({ result }: { result: CheckResult }) {
  const query = useSearchParams();
  const router = useRouter();
  return (
    <label className="grid gap-1 text-table text-muted-foreground">
      Problem
      <Select className="sm:w-72" value={query.get('kind') ?? ''} onChange={(event) => router.replace(hrefWith(PATH, query, { group: 'refused', kind: event.target.value || null }), { scroll: false })}>
        <option value="">All problems ({result.refused})</option>
        {result.kinds.map(({ kind, rows }) => <option key={kind} value={kind}>{kindWord(kind)} ({rows})</option>)}
      </Select>
    </label>
  );
}

/** The refused rows as a file: to be corrected elsewhere and imported by itself. */
export const ErrorFile = ({ uploadId, size }: { uploadId: string; size?: 'sm' }) => (
  <Button size={size} asChild icon={<Download aria-hidden />}><a href={`/api/contact-imports/${uploadId}/refused.csv`} download>Download error file</a></Button>
);
