'use client';

import { FileUp } from 'lucide-react';
import { useId, useState, type DragEvent } from 'react';
import { buttonStyle } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';

/** Choose a file, or let one fall here. */
export function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => { const file = files?.item(0); if (file) onFile(file); };
  const drop = (event: DragEvent) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files); };
  return (
    <div
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classNames('flex flex-col items-center gap-3 rounded-card border border-dashed border-input-border px-4 py-12 text-center', isOver && 'border-primary bg-selected')}
    >
      <FileUp aria-hidden className="size-6 text-muted-foreground" />
      <div>
        <p className="text-reading font-semibold">Drop a CSV file here</p>
        <p className="mt-1 max-w-md text-muted-foreground">One row of column names, then one row per person, with a column for the phone number. Up to 1,000,000 rows.</p>
      </div>
      <input id={id} type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain" className="peer sr-only" onChange={(event) => { take(event.target.files); event.target.value = ''; }} />
      <label htmlFor={id} className={classNames(buttonStyle({ variant: 'primary' }), 'cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-ring')}>Choose file</label>
    </div>
  );
}
