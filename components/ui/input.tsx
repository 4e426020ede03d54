'use client';

import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useFieldWiring } from './field.tsx';

/** The frame shared by all text-like controls. */
export const controlFrame =
  'w-full min-w-0 rounded-control border border-input-border bg-background text-foreground text-entry placeholder:text-muted-foreground aria-invalid:border-destructive aria-invalid:ring-1 aria-invalid:ring-destructive disabled:cursor-not-allowed disabled:bg-hover disabled:text-muted-foreground [&[readonly]]:bg-surface';

type InputProps = ComponentProps<'input'> & {
  /** Shown inside the frame, before the text: an icon, "+1". */
  prefixIcon?: ReactNode;
};

export function Input({ className, prefixIcon, ...rest }: InputProps) {
  const wiring = useFieldWiring(rest);
  const input = (
    <input
      className={classNames(controlFrame, 'h-9 px-3 pointer-coarse:h-11', prefixIcon && 'pl-9', className)}
      {...rest}
      {...wiring}
    />
  );
  if (!prefixIcon) return input;
  return (
    <div className="relative w-full">
      <span aria-hidden className="pointer-events-none absolute inset-y-0 left-0 flex w-9 items-center justify-center text-muted-foreground [&_svg]:size-4">
        {prefixIcon}
      </span>
      {input}
    </div>
  );
}
