'use client';

import { useEffect, useRef, type MouseEvent } from 'react';
import { classNames } from './class-names.ts';

export type FieldError = {
  /** Id of the control; without one the message stands without a link. */
  field?: string;
  message: string;
};

/** The first message about a field. */
export const errorFor = (errors: readonly FieldError[], field: string): string | undefined => errors.find((error) => error.field === field)?.message;

type ErrorSummaryProps = {
  errors: readonly FieldError[];
  title?: string;
  className?: string;
};

/**
 * The list of what to fix, at the top of a form that was submitted. Takes focus each time `errors` is a new, non-empty
 * array, and puts "Error:" before the page title while it shows. Renders nothing when there is nothing to fix.
 */
export function ErrorSummary({ errors, title = 'There is a problem', className }: ErrorSummaryProps) {
  const ref = useRef<HTMLDivElement>(null);
  const hasErrors = errors.length > 0;

  useEffect(() => {
    if (errors.length > 0) ref.current?.focus();
  }, [errors]);

  useEffect(() => {
    if (!hasErrors) return;
    const before = document.title;
    if (!before.startsWith('Error: ')) document.title = `Error: ${before}`;
    return () => {
      document.title = document.title.replace(/^Error: /, '');
    };
  }, [hasErrors]);

  if (!hasErrors) return null;
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role="alert"
      aria-labelledby="error-summary-title"
      className={classNames('rounded-card border-2 border-destructive p-4 focus:outline-2 focus:outline-offset-2 focus:outline-ring', className)}
    >
      <h2 id="error-summary-title" className="text-reading font-semibold">{title}</h2>
      <ul className="mt-2 grid gap-1">
        {errors.map((error) => (
          <li key={`${error.field ?? ''}:${error.message}`}>
            {error.field ? (
              <a href={`#${error.field}`} onClick={focusField} className="font-medium text-destructive underline underline-offset-3 hover:decoration-2">
                {error.message}
              </a>
            ) : (
              <span className="font-medium text-destructive">{error.message}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A fragment link alone scrolls; typing should be possible right away. */
function focusField(event: MouseEvent<HTMLAnchorElement>) {
  const target = document.getElementById(event.currentTarget.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: 'center' });
}
