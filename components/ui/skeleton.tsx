import { classNames } from './class-names.ts';

/** A grey stand-in of the content's shape; comes up after 200 ms. Wrap a group in SkeletonGroup. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('appear-late h-4 rounded-control bg-hover', className)} />;
}

/** Tells screen readers once that something is loading. */
export function SkeletonGroup({ label = 'Loading', className, children }: { label?: string; className?: string; children: React.ReactNode }) {
  return (
    <div role="status" aria-busy="true" className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}

/** Rows of a table that is on its way. */
export function SkeletonRows({ rows = 6, label }: { rows?: number; label?: string }) {
  return (
    <SkeletonGroup label={label} className="divide-y">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-11 items-center gap-6 px-4">
          <Skeleton className="w-2/5" />
          <Skeleton className="w-20" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </SkeletonGroup>
  );
}
