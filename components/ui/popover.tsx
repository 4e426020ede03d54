'use client';

import { Popover as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

type PopoverProps = {
  /** A Button or IconButton. */
  trigger: ReactNode;
  /** Names the panel for screen readers. */
  label: string;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  className?: string;
  children: ReactNode;
};

/** Words to read beside the page, opened by a press: for definitions and help that a tooltip is too short for. */
export function Popover({ trigger, label, align = 'start', side = 'bottom', className, children }: PopoverProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label} align={align} side={side} sideOffset={6} collisionPadding={8}
          className={classNames('z-50 max-h-(--radix-popover-content-available-height) w-max max-w-[min(22rem,calc(100vw-1rem))] overflow-y-auto rounded-card border bg-overlay p-3 text-table shadow-overlay duration-100 animate-in fade-in-0', className)}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
