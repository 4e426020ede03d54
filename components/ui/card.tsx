import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

type CardProps = {
  title?: ReactNode;
  /** h2 on a page, h3 inside another section. */
  headingLevel?: 2 | 3;
  description?: ReactNode;
  /** Right of the title. */
  actions?: ReactNode;
  footer?: ReactNode;
  /** No inner padding: for tables and lists that reach the edges. A table's cards on a phone keep some. */
  isFlush?: boolean;
  className?: string;
  children?: ReactNode;
};

export function Card({ title, headingLevel = 2, description, actions, footer, isFlush, className, children }: CardProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <section className={classNames('min-w-0 rounded-card border bg-background', className)}>
      {title ? (
        <header className={classNames('flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5', isFlush && 'border-b pb-3')}>
          <div className="min-w-0">
            <Heading className="text-reading font-semibold">{title}</Heading>
            {description ? <p className="text-table text-muted-foreground">{description}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </header>
      ) : null}
      {children ? <div className={isFlush ? 'max-sm:has-[table]:p-2' : 'p-4'}>{children}</div> : null}
      {footer ? <footer className="border-t px-4 py-3 text-table text-muted-foreground">{footer}</footer> : null}
    </section>
  );
}
