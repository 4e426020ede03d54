'use client';

import { formatNumber } from '#components/format/number.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { UploadView } from '#server/domain/contact-import/schema.ts';

/** 11200000 → "11.2 MB" */
export const inMegabytes = (bytes: number): string => (bytes < 1_000_000 ? `${formatNumber(Math.ceil(bytes / 1_000))}\u00a0kB` : `${(bytes / 1_000_000).toFixed(1)}\u00a0MB`);

/** What the server is at, and how far. */
export function Moving({ upload }: { upload: UploadView }) {
  if (upload.state === 'writing') {
    const people = (upload.result?.rows ?? 0) - (upload.result?.refused ?? 0);
    const percent = Math.round((upload.written ?? 0) * 100);
    return (
      <Card title={<span role="status">Importing {formatNumber(people)} people</span>} description="You may leave this page; the result stands under Imports.">
        <Progress label="Written" value={percent} max={100} valueText={`${percent} % written`} />
        <p className="mt-2 text-table text-muted-foreground tabular-nums">{percent} % written. All of them go in at once, or nobody.</p>
      </Card>
    );
  }
  if (upload.state === 'uploading') return <Alert family="progress" isLive title={`${upload.fileName} is on its way`}>{inMegabytes(upload.bytesDone)} have arrived.</Alert>;
  return (
    <Card title={<span role="status">Checking every row</span>} description="You may leave this page; the result stands under Imports.">
      <Progress label="Checked" value={upload.bytesDone} max={upload.bytes} valueText={`${formatNumber(upload.rowsDone)} rows checked`} />
      <p className="mt-2 text-table text-muted-foreground tabular-nums">{formatNumber(upload.rowsDone)} rows of {inMegabytes(upload.bytes)} checked. Nothing is written before all of them are.</p>
    </Card>
  );
}
