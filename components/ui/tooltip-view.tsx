'use client';

import { Tooltip as Primitive } from 'radix-ui';
import { useState } from 'react';
import { classNames } from './class-names.ts';
import { useTakenFocus, type Handover } from './deferred.tsx';
import type { TooltipProps } from './tooltip.tsx';

export function TooltipView({ content, children, side = 'top', disabled, className, handover }: TooltipProps & { handover: Handover }) {
  const focused = useTakenFocus(handover.hadFocus);
  const [isOpen, setOpen] = useState(false);
  return (
    <Primitive.Provider delayDuration={350}>
      <Primitive.Root open={isOpen && !disabled} onOpenChange={setOpen}>
        <Primitive.Trigger asChild ref={focused}>{children}</Primitive.Trigger>
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
