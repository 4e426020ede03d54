'use client';

import { createContext, useContext, useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Label } from './label.tsx';

type FieldWiring = { id: string; describedBy: string | undefined; isInvalid: boolean; isRequired: boolean };
const FieldContext = createContext<FieldWiring | null>(null);

type FieldProps = {
  label: ReactNode;
  /** The control's id, so that an error summary can link to it. */
  id?: string;
  hint?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  /** Adds "(optional)"; mark the fewer of the two kinds. */
  optional?: boolean;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  /** Right of the label: a counter, a link. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** Label, hint and error around one control. Input, Textarea and Select inside are wired by themselves. */
export function Field({ label, id, hint, error, required, optional, hideLabel, aside, className, children }: FieldProps) {
  const generated = useId();
  const controlId = id ?? generated;
  const hintId = hint ? `${controlId}-hint` : undefined;
  const errorId = error ? `${controlId}-error` : undefined;
  const describedBy = [hintId, errorId].filter(Boolean).join(' ') || undefined;

  return (
    <FieldContext value={{ id: controlId, describedBy, isInvalid: Boolean(error), isRequired: Boolean(required) }}>
      <div className={classNames('flex min-w-0 flex-col gap-1.5', className)}>
        <div className={classNames('flex items-baseline justify-between gap-3', hideLabel && !aside && 'sr-only')}>
          <Label htmlFor={controlId} className={hideLabel ? 'sr-only' : undefined}>
            {label}
            {optional ? <span className="font-normal text-muted-foreground"> (optional)</span> : null}
          </Label>
          {aside ? <span className="text-caption text-muted-foreground tabular-nums">{aside}</span> : null}
        </div>
        {hint ? <p id={hintId} className="text-table text-muted-foreground">{hint}</p> : null}
        {children}
        {error ? (
          <p id={errorId} className="text-table font-medium text-destructive">
            <span className="sr-only">Error: </span>
            {error}
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}

/** What a control inside a Field must carry. Own attributes of the control win. */
export function useFieldWiring(own: { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling' }) {
  const field = useContext(FieldContext);
  return {
    id: own.id ?? field?.id,
    // Not `required`: the browser's own bubbles would keep the form from showing its error summary.
    'aria-required': field?.isRequired || undefined,
    'aria-describedby': [field?.describedBy, own['aria-describedby']].filter(Boolean).join(' ') || undefined,
    'aria-invalid': own['aria-invalid'] ?? (field?.isInvalid || undefined),
  };
}
