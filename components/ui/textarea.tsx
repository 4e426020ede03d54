'use client';

import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { useFieldWiring } from './field.tsx';
import { controlFrame } from './input.tsx';

/** Grows with its text where the browser can (field-sizing), from three lines to two thirds of the window. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  const wiring = useFieldWiring(rest);
  return (
    <textarea
      rows={3}
      className={classNames(controlFrame, 'field-sizing-content max-h-[66vh] min-h-20 resize-y px-3 py-2', className)}
      {...rest}
      {...wiring}
    />
  );
}
