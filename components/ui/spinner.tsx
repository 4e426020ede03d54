import { LoaderCircle } from 'lucide-react';
import { classNames } from './class-names.ts';

/** Decorative by default; give a `label` when nothing else on screen says that something is going on. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <span role={label ? 'status' : undefined} className="inline-flex">
      <LoaderCircle aria-hidden className={classNames('size-4 animate-spin motion-reduce:animate-none', className)} />
      {label ? <span className="sr-only">{label}</span> : null}
    </span>
  );
}
