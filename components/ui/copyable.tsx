'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { classNames } from './class-names.ts';

type CopyableProps = {
  value: string;
  /** Shown in place of the value: a shortened or masked form. */
  text?: string;
  /** What it is, for the button's name: "Copy message SID". */
  label: string;
  className?: string;
};

/** An identifier in mono with a button that copies it. */
export function Copyable({ value, text, label, className }: CopyableProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = () => navigator.clipboard.writeText(value).then(() => setState('copied'), () => setState('failed'));
  return (
    <span className={classNames('inline-flex max-w-full min-w-0 items-center gap-0.5 align-bottom', className)}>
      <code className="min-w-0 truncate font-mono text-[0.93em]">{text ?? value}</code>
      <button
        type="button"
        onClick={copy}
        aria-label={`Copy ${label}`}
        className="relative inline-flex size-6 shrink-0 items-center justify-center rounded-control text-muted-foreground hover:bg-hover hover:text-foreground pointer-coarse:before:absolute pointer-coarse:before:-inset-2.5 pointer-coarse:before:content-['']"
      >
        {state === 'copied' ? <Check aria-hidden className="size-3.5 text-success-fill" /> : <Copy aria-hidden className="size-3.5" />}
      </button>
      <span role="status" className={state === 'failed' ? 'text-caption text-destructive' : 'sr-only'}>
        {state === 'copied' ? 'Copied' : state === 'failed' ? 'Not copied: the browser refused. Select the text instead.' : ''}
      </span>
    </span>
  );
}
