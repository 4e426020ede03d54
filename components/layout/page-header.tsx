import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

export type Crumb = { label: ReactNode; href: string };

type PageHeaderProps = {
  title: ReactNode;
  /** The way up, without the page itself. */
  breadcrumb?: readonly Crumb[];
  /** Beside the title: Status, LiveChip. */
  status?: ReactNode;
  /** One line under the title. */
  description?: ReactNode;
  /** Right; the main action last. On a phone they get a line of their own. */
  actions?: ReactNode;
  /** Tabs, under everything. */
  tabs?: ReactNode;
};

export function PageHeader({ title, breadcrumb, status, description, actions, tabs }: PageHeaderProps) {
  return (
    <header className="mb-5">
      {breadcrumb?.length ? <Breadcrumb crumbs={breadcrumb} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-full">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-h2 font-semibold sm:text-h1">{title}</h1>
            {status}
          </div>
          {description ? <p className="mt-0.5 max-w-prose text-body text-muted-foreground">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2 max-sm:w-full max-sm:[&>*]:flex-1">{actions}</div> : null}
      </div>
      {tabs ? <div className="mt-4">{tabs}</div> : null}
    </header>
  );
}

function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-1">
      <ol className="flex flex-wrap items-center gap-x-1 text-table text-muted-foreground">
        {crumbs.map((crumb) => (
          <li key={crumb.href} className="inline-flex items-center gap-1">
            <Link href={crumb.href} className="rounded-control py-0.5 underline-offset-3 hover:text-foreground hover:underline pointer-coarse:py-3">{crumb.label}</Link>
            <ChevronRight aria-hidden className="size-3.5" />
          </li>
        ))}
      </ol>
    </nav>
  );
}
