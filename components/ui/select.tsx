'use client';

import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { useFieldWiring } from './field.tsx';
import { controlFrame } from './input.tsx';

/** The browser's own list: typeahead, phone wheel and screen readers work without a line of ours. Children are `<option>`s. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  const wiring = useFieldWiring(rest);
  return (
    <div className={classNames('relative w-full', className)}>
      <select className={classNames(controlFrame, 'h-9 appearance-none truncate pr-9 pl-3 pointer-coarse:h-11')} {...rest} {...wiring}>
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted-foreground" />
    </div>
  );
}
