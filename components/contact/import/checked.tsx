'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { hrefWith } from '#components/layout/page-query.ts';
import { Paging } from '#components/layout/paging.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import type { CheckResult, UploadView } from '#server/domain/contact-import/schema.ts';
import { groupIn, groups, keptRows, PATH, rowsInput, type Group } from './query.ts';
import { Repair } from './repair.tsx';
import { RowTable } from './row-table.tsx';
import type { UploadSteps } from './use-upload.ts';

type CheckedProps = { upload: UploadView; result: CheckResult; steps: UploadSteps; mayWrite: boolean };

/** The four groups, each with its rows. */
export function Checked({ upload, result, steps, mayWrite }: CheckedProps) {
  const query = useSearchParams();
  const group = groupIn(query, result);
  const hrefOf = (each: Group) => hrefWith(PATH, query, { group: each, kind: null });
  return (
    <div className="grid gap-4">
      {result.optedOut > 0 ? (
        <Alert family="optOut" title={`${formatCount(result.optedOut, 'person has opted out and stays so', 'people have opted out and stay so')}`}>An import never brings anybody back. Broadcasts skip them.</Alert>
      ) : null}
      <Card isFlush>
        <Tabs label="Groups of rows" current={hrefOf(group)} items={groups.map((each) => ({ href: hrefOf(each.group), label: each.label, count: formatNumber(result[each.group]) }))} />
        {group === 'refused' && result.refused > 0 ? <Repair upload={upload} result={result} steps={steps} mayWrite={mayWrite} /> : <Rows uploadId={upload.id} group={group} />}
      </Card>
    </div>
  );
}

const nothing: Record<Group, string> = { created: 'Nobody of the file is new.', updated: 'Nobody would change.', unchanged: 'Everybody of the file is new or changes.', refused: 'Every row fits.' };

function Rows({ uploadId, group }: { uploadId: string; group: Group }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.contactImport.rows.queryOptions(rowsInput(uploadId, group, useSearchParams()), keptRows));
  if (error) return <p role="alert" className="p-4 text-body">{problemMessage(error)}</p>;
  if (!data) return <SkeletonRows label="Loading rows" />;
  if (data.data.length === 0) return <p className="p-4 text-body text-muted-foreground">{nothing[group]}</p>;
  return <><RowTable rows={data.data} group={group} /><div className="px-4"><Paging path={PATH} shown={data.data.length} {...data} /></div></>;
}
