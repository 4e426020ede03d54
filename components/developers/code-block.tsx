'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';

/** Lines to paste into a terminal. `label` names them for the button and for screen readers. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  // Browsers give a clipboard to https pages only.
  const copy = () => (navigator.clipboard ? navigator.clipboard.writeText(code).then(() => setState('copied'), () => setState('failed')) : setState('failed'));
  return (
    <div className="min-w-0 overflow-hidden rounded-card border bg-surface">
      <div className="flex items-center justify-between gap-3 border-b py-1 pr-1 pl-3">
        <span className="text-table font-medium text-muted-foreground">{label}</span>
        <Button size="sm" variant="ghost" aria-label={`Copy: ${label}`} icon={state === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />} onClick={() => void copy()}>
          {state === 'copied' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <pre tabIndex={0} aria-label={label} className="overflow-x-auto p-3 font-mono text-table leading-5">{code}</pre>
      <p role="status" className={state === 'failed' ? 'px-3 pb-2 text-caption text-destructive' : 'sr-only'}>
        {state === 'copied' ? 'Copied' : state === 'failed' ? 'Not copied: the browser refused. Select the text instead.' : ''}
      </p>
    </div>
  );
}
