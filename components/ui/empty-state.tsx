import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

type EmptyStateProps = {
  icon?: ReactNode;
  /** What is not here: "No broadcasts yet". */
  title: ReactNode;
  /** What it would be good for, in one sentence. */
  children?: ReactNode;
  /** The way to get one. */
  action?: ReactNode;
  headingLevel?: 2 | 3;
  className?: string;
};

export function EmptyState({ icon, title, children, action, headingLevel = 2, className }: EmptyStateProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <div className={classNames('flex flex-col items-center px-4 py-12 text-center', className)}>
      {icon ? <div aria-hidden className="mb-3 rounded-card border bg-surface p-2.5 text-muted-foreground [&_svg]:size-5">{icon}</div> : null}
      <Heading className="text-reading font-semibold">{title}</Heading>
      {children ? <div className="mt-1 max-w-md text-body text-muted-foreground">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
