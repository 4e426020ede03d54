'use client';

import { useEffect, useId, useRef, type ComponentProps, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'ref'> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** For table rows, where the column says it: the label is read out, not shown. */
  hideLabel?: boolean;
  /** Some but not all. */
  indeterminate?: boolean;
};

/** A native checkbox with its label; the whole line is the target. */
export function Checkbox({ label, hint, error, hideLabel, indeterminate = false, className, id, ...rest }: CheckboxProps) {
  const generated = useId();
  const controlId = id ?? generated;
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = indeterminate;
  }, [indeterminate]);
  const describedBy = [hint && `${controlId}-hint`, error && `${controlId}-error`].filter(Boolean).join(' ') || undefined;

  return (
    <div className={classNames('flex items-start gap-2.5', className)}>
      <span className="flex h-[1.375rem] items-center pointer-coarse:h-11">
        <input
          ref={ref}
          type="checkbox"
          id={controlId}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
          className="size-4 shrink-0 accent-primary pointer-coarse:size-5"
          {...rest}
        />
      </span>
      <div className={classNames('min-w-0', hideLabel && 'sr-only')}>
        <label htmlFor={controlId} className="block text-body pointer-coarse:py-2.5">{label}</label>
        {hint ? <p id={`${controlId}-hint`} className="text-table text-muted-foreground">{hint}</p> : null}
        {error ? <p id={`${controlId}-error`} className="text-table font-medium text-destructive"><span className="sr-only">Error: </span>{error}</p> : null}
      </div>
    </div>
  );
}
