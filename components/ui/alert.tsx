import { Info, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { familyCallout, familyIcon, type Family } from './family.ts';

type AlertProps = {
  family?: Family;
  title?: ReactNode;
  icon?: LucideIcon;
  children?: ReactNode;
  /** What to do about it. */
  action?: ReactNode;
  /** Read out when it appears after the page has loaded. */
  isLive?: boolean;
  className?: string;
};

/** A callout in the page. Say what happened and how to go on. */
export function Alert({ family = 'info', title, icon, children, action, isLive, className }: AlertProps) {
  const Icon = icon ?? (family === 'info' ? Info : familyIcon[family]);
  const role = isLive ? (family === 'danger' ? 'alert' : 'status') : undefined;
  return (
    <div role={role} className={classNames('flex gap-3 rounded-card border p-3 text-body sm:px-4', familyCallout[family], className)}>
      <Icon aria-hidden className="mt-[3px] size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 max-w-prose">
          {title ? <p className="font-semibold">{title}</p> : null}
          {children}
        </div>
        {action ? <div className="flex shrink-0 flex-wrap items-center gap-2">{action}</div> : null}
      </div>
    </div>
  );
}
