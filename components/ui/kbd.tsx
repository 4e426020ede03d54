import { classNames } from './class-names.ts';

/** One key, or several pressed one after the other: `<Kbd keys={['g', 'b']} />`. */
export function Kbd({ keys, className }: { keys: readonly string[]; className?: string }) {
  return (
    <span className={classNames('inline-flex gap-1', className)}>
      {keys.map((key) => (
        <kbd key={key} className="inline-flex h-5 min-w-5 items-center justify-center rounded-control border bg-surface px-1 font-sans text-caption text-muted-foreground">
          {key}
        </kbd>
      ))}
    </span>
  );
}
