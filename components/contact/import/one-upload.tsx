'use client';

import { FileText } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { classNames } from '#components/ui/class-names.ts';
import type { CheckResult, UploadView } from '#server/domain/contact-import/schema.ts';
import { Checked } from './checked.tsx';
import { Discard } from './discard.tsx';
import { ImportDone } from './import-done.tsx';
import { ImportOptions, type Country } from './import-options.tsx';
import { MappingTable } from './mapping-table.tsx';
import { inMegabytes, Moving } from './moving.tsx';
import { PATH } from './query.ts';
import { useUploadSteps, type UploadSteps } from './use-upload.ts';

type OneUploadProps = { upload: UploadView; countries: readonly Country[]; country: string };

/** One file from its arrival to its import: whoever comes back finds it as it stands. */
export function OneUpload({ upload, countries, country }: OneUploadProps) {
  const steps = useUploadSteps(upload, country);
  const mayWrite = useMayWrite();
  const { state } = upload;
  const canChange = (state === 'ready' || state === 'failed') && mayWrite;
  return (
    <>
      <FileLine upload={upload} />
      {state === 'failed' ? <Failed upload={upload} steps={steps} /> : null}
      {state === 'checking' || state === 'writing' || state === 'uploading' ? <Moving upload={upload} /> : null}
      {state === 'done' && upload.import ? <ImportDone upload={upload} done={upload.import} /> : null}
      {canChange ? <HowItIsRead upload={upload} steps={steps} countries={countries} /> : null}
      {state === 'ready' && upload.result ? <Result upload={upload} result={upload.result} steps={steps} mayWrite={mayWrite} /> : null}
    </>
  );
}

function FileLine({ upload }: { upload: UploadView }) {
  const { result } = upload;
  const facts = [inMegabytes(upload.bytes), result && formatCount(result.rows, 'row'), result && result.encoding !== 'utf-8' ? `read as ${result.encoding.toUpperCase()}` : null, result ? `${delimiters[result.delimiter] ?? 'commas'} between columns` : null].filter(Boolean);
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 rounded-card border px-4 py-2.5">
      <span className="flex min-w-0 items-center gap-2">
        <FileText aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <span className="min-w-0"><span className="block truncate font-medium">{upload.fileName}</span><span className="block text-table text-muted-foreground tabular-nums">{facts.join(' · ')}</span></span>
      </span>
      <span className="flex gap-2">
        {upload.state === 'ready' || upload.state === 'failed' ? <Discard upload={upload} /> : null}
        <Button size="sm" asChild><Link href={PATH}>All imports</Link></Button>
      </span>
    </div>
  );
}

const delimiters: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };

function Failed({ upload, steps }: { upload: UploadView; steps: UploadSteps }) {
  const isOtherEncoding = upload.problemCode === 'not_utf8';
  return (
    <Alert
      family="danger"
      isLive
      title="This file cannot be imported"
      action={isOtherEncoding ? <Button size="sm" loading={steps.update.isPending} onClick={steps.convert}>Convert from Windows-1252</Button> : undefined}
    >
      {upload.problem} Nothing was changed.
    </Alert>
  );
}

function HowItIsRead({ upload, steps, countries }: { upload: UploadView; steps: UploadSteps; countries: readonly Country[] }) {
  const { options, setOptions } = steps;
  const busy = steps.update.isPending || steps.start.isPending;
  return (
    <fieldset disabled={busy} className="grid min-w-0 gap-4">
      <legend className="sr-only">How the file is read</legend>
      <Card title="Where they go">
        <ImportOptions options={options} countries={countries} onChange={setOptions} />
        <Checkbox className="mt-4" label="Refuse landlines" hint="Where a number tells that it is one. In the US and Canada none does." checked={options.refuseLandlines} onChange={(event) => setOptions({ ...options, refuseLandlines: event.target.checked })} />
      </Card>
      {upload.result ? (
        <Card isFlush title="Columns" description="Own fields can stand in a message by their name. Consent is only what a column says.">
          <MappingTable columns={upload.result.columns} mapping={options.mapping} hasList={options.target.kind !== 'none'} onChange={(mapping) => setOptions({ ...options, mapping })} />
        </Card>
      ) : null}
      {upload.state === 'failed' ? <div><Button variant="primary" loading={steps.update.isPending} onClick={steps.check}>Check file</Button></div> : null}
      {steps.update.error ? <Alert family="danger" isLive title="The file was not checked again">{problemMessage(steps.update.error)}</Alert> : null}
    </fieldset>
  );
}

function Result({ upload, result, steps, mayWrite }: { upload: UploadView; result: CheckResult; steps: UploadSteps; mayWrite: boolean }) {
  const { target } = steps.options;
  const [isNameless, setNameless] = useState(false);
  const people = result.rows - result.refused;
  const isReachable = result.columns.some(({ mappedTo }) => mappedTo === 'phone' || mappedTo === 'email');
  const write = () => {
    const lacksName = target.kind === 'new' && target.listName.trim() === '';
    setNameless(lacksName);
    if (lacksName) document.getElementById('listName')?.focus();
    else steps.write();
  };
  return (
    <section aria-label="Result of the check" className="grid gap-4">
      {steps.isStale ? <Alert family="info" isLive>You changed how the file is read. Check it again to see the result.</Alert> : null}
      {!steps.isStale && !result.columns.some(({ mappedTo }) => mappedTo === 'phone') ? <Alert family="warning" isLive title="No column holds the phone numbers">{isReachable ? 'These people are known by e-mail only and get no texts.' : 'Choose the column that goes to “Phone” above and check the file again.'}</Alert> : null}
      {isReachable ? <div className={classNames('transition-opacity', steps.isStale && 'opacity-50')}><Checked upload={upload} result={result} steps={steps} mayWrite={mayWrite} /></div> : null}
      {isNameless ? <Alert family="danger" isLive title="The new list has no name">Enter one above, or choose another list.</Alert> : null}
      {steps.start.error ? <Alert family="danger" isLive title="Nothing was imported">{problemMessage(steps.start.error)}</Alert> : null}
      {mayWrite ? (
        <div className="flex flex-col gap-2 sm:flex-row">
          <Button variant={steps.isStale || people === 0 ? 'primary' : 'secondary'} loading={steps.update.isPending} onClick={steps.check}>Check file</Button>
          {!steps.isStale && people > 0 ? <Button variant="primary" loading={steps.start.isPending} onClick={write}>Import {formatCount(people, 'person', 'people')}</Button> : null}
        </div>
      ) : null}
    </section>
  );
}
