'use client';

import { Tooltip as Primitive } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

type TooltipProps = {
  content: ReactNode;
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** Says nothing, for a trigger whose text is visible at the moment. */
  disabled?: boolean;
  className?: string;
};

/** Extra words on hover and focus. The trigger must be focusable and must make sense without them. */
export function Tooltip({ content, children, side = 'top', disabled, className }: TooltipProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Primitive.Provider delayDuration={350}>
      <Primitive.Root open={isOpen && !disabled} onOpenChange={setOpen}>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className={classNames(
              'z-50 max-w-72 rounded-control bg-foreground px-2.5 py-1.5 text-caption text-background shadow-overlay animate-in fade-in-0 duration-100',
              className,
            )}
          >
            {content}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
