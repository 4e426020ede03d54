import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export function Label({ className, children, ...rest }: ComponentProps<'label'>) {
  return (
    <label className={classNames('text-body font-medium text-foreground', className)} {...rest}>
      {children}
    </label>
  );
}
