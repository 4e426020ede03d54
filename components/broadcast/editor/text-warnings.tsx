import { TriangleAlert } from 'lucide-react';
import type { Warning } from '#server/channels/index.ts';

/** Cautions about the text, each with what to do. None of them stops a send. */
export function TextWarnings({ warnings }: { warnings: Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <section aria-label="Cautions about the text">
      <ul className="grid grid-cols-1 gap-2">
        {warnings.map(({ code, title, detail }) => (
          <li key={code} className="flex items-start gap-2 text-table">
            <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warning-fill" />
            <p className="min-w-0"><span className="font-medium"><span className="sr-only">Caution: </span>{title}.</span> <span className="text-muted-foreground">{detail}</span></p>
          </li>
        ))}
      </ul>
    </section>
  );
}
