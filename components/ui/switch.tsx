'use client';

import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

type SwitchProps = {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
  className?: string;
};

/** For settings that take effect at once; inside a form that is submitted use Checkbox. */
export function Switch({ label, hint, checked, onCheckedChange, disabled, className }: SwitchProps) {
  const id = useId();
  return (
    <div className={classNames('flex items-start justify-between gap-4', className)}>
      <div className="min-w-0">
        <label htmlFor={id} className="block text-body font-medium">{label}</label>
        {hint ? <p id={`${id}-hint`} className="text-table text-muted-foreground">{hint}</p> : null}
      </div>
      <button
        type="button"
        role="switch"
        id={id}
        aria-checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        disabled={disabled}
        onClick={() => onCheckedChange(!checked)}
        className="relative inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-input-border bg-hover transition-colors duration-150 before:absolute before:-inset-2.5 before:content-[''] aria-checked:border-primary aria-checked:bg-primary disabled:opacity-55"
      >
        <span
          aria-hidden
          className={classNames(
            'ml-[3px] size-4 rounded-full bg-input-border transition-[translate] duration-150',
            checked && 'translate-x-4 bg-on-primary',
          )}
        />
      </button>
    </div>
  );
}
