'use client';

import { FileText } from 'lucide-react';
import { useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import type { ImportResult } from '#server/domain/contact-import/schema.ts';
import { CheckResult } from './check-result.tsx';
import { FileDrop } from './file-drop.tsx';
import { ImportDone } from './import-done.tsx';
import { ImportOptions, type Country } from './import-options.tsx';
import { MappingTable } from './mapping-table.tsx';
import { useImport, type ChosenFile, type ImportSteps } from './use-import.ts';

type ImportPageProps = { countries: readonly Country[]; country: string; /** Slug from the address. */ list: string | null };

export function ImportPage({ countries, country, list }: ImportPageProps) {
  const steps = useImport({ mapping: {}, country, target: list ? { kind: 'existing', list } : { kind: 'none' } });
  const { file, written } = steps;
  return (
    <>
      <PageHeader title="Import contacts" breadcrumb={[{ label: 'Contacts', href: '/contacts' }]} description="The whole file is checked before anything is written. Importing sends no message." />
      <div className="grid max-w-5xl gap-4">
        {written && file ? <ImportDone result={written} fileName={file.name} onStartOver={steps.startOver} /> : null}
        {!file ? <Opening steps={steps} /> : null}
        {file && !written ? <Checking steps={steps} file={file} countries={countries} /> : null}
      </div>
    </>
  );
}

function Opening({ steps }: { steps: ImportSteps }) {
  return (
    <>
      {steps.problem ? <Alert family="danger" isLive title="This file cannot be imported">{steps.problem}</Alert> : null}
      {steps.doubt ? (
        <Alert family="warning" isLive title="This file is not UTF-8 (it looks like Windows-1252)" action={<Button size="sm" onClick={steps.convert}>Convert</Button>}>
          Convert it and compare the names, or save it as “CSV UTF-8” and choose it again.
        </Alert>
      ) : null}
      <FileDrop onFile={(chosen) => void steps.choose(chosen)} />
    </>
  );
}

function Checking({ steps, file, countries }: { steps: ImportSteps; file: ChosenFile; countries: readonly Country[] }) {
  const { result, options } = steps;
  const [listProblem, setListProblem] = useState<string>();
  const write = () => {
    const isNameless = options.target.kind === 'new' && options.target.listName.trim() === '';
    setListProblem(isNameless ? 'Enter a name for the new list.' : undefined);
    if (isNameless) document.getElementById('listName')?.focus();
    else steps.write();
  };
  return (
    <>
      <FileLine steps={steps} file={file} />
      {steps.checkError ? <Alert family="danger" isLive title="This file cannot be imported">{problemMessage(steps.checkError)}</Alert> : null}
      {result || steps.checkError ? (
        <fieldset disabled={steps.isWriting} className="grid min-w-0 gap-4">
          <legend className="sr-only">How the file is read</legend>
          <Card title="Where they go"><ImportOptions options={options} countries={countries} listProblem={listProblem} onChange={steps.setOptions} /></Card>
          {result ? (
            <Card isFlush title="Columns" description="Own fields can stand in a message by their name.">
              <MappingTable columns={result.columns} mapping={options.mapping} hasList={options.target.kind !== 'none'} onChange={(mapping) => steps.setOptions({ ...options, mapping })} />
            </Card>
          ) : null}
        </fieldset>
      ) : null}
      {steps.isChecking ? <p role="status" className="flex items-center gap-2 text-muted-foreground"><Spinner />Checking every row…</p> : null}
      {result ? <Result steps={steps} result={result} file={file} onWrite={write} /> : null}
    </>
  );
}

function FileLine({ steps, file }: { steps: ImportSteps; file: ChosenFile }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 rounded-card border px-4 py-2.5">
      <span className="flex min-w-0 items-center gap-2">
        <FileText aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <span className="min-w-0"><span className="block truncate font-medium">{file.name}</span>{file.note ? <span className="block text-table text-muted-foreground">{file.note}</span> : null}</span>
      </span>
      <Button size="sm" disabled={steps.isWriting} onClick={steps.startOver}>Another file</Button>
    </div>
  );
}

function Result({ steps, result, file, onWrite }: { steps: ImportSteps; result: ImportResult; file: ChosenFile; onWrite: () => void }) {
  const people = result.created + result.updated + result.unchanged;
  const hasPhone = result.columns.some((column) => column.mappedTo === 'phone');
  const isOld = steps.isStale || steps.isChecking;
  return (
    <section aria-label="Result of the check" className="grid gap-4">
      {steps.isStale && !steps.isChecking ? <Alert family="info" isLive>You changed how the file is read. Check it again to see the result.</Alert> : null}
      {!hasPhone && !steps.isStale ? <Alert family="warning" isLive title="No column holds the phone numbers">Choose the column that goes to “Phone” above and check the file again.</Alert> : null}
      {hasPhone ? <div className={classNames('transition-opacity', isOld && 'opacity-50')}><CheckResult result={result} fileName={file.name} /></div> : null}
      {steps.writeError ? <Alert family="danger" isLive title="Nothing was imported">{problemMessage(steps.writeError)}</Alert> : null}
      {steps.isWriting ? <Alert family="progress" isLive title={`Importing ${formatCount(people, 'person', 'people')}`}>All of them go in at once, or nobody. Keep this page open to see the end of it.</Alert> : null}
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button variant={isOld || people === 0 ? 'primary' : 'secondary'} loading={steps.isChecking} disabled={steps.isWriting} onClick={steps.check}>Check file</Button>
        {!isOld && people > 0 ? <Button variant="primary" loading={steps.isWriting} onClick={onWrite}>Import {formatCount(people, 'person', 'people')}</Button> : null}
      </div>
    </section>
  );
}
