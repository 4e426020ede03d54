'use client';

import { Popover as Primitive } from 'radix-ui';
import { classNames } from './class-names.ts';
import { useTakenFocus, type Handover } from './deferred.tsx';
import type { PopoverProps } from './popover.tsx';

export function PopoverView({ trigger, label, align = 'start', side = 'bottom', className, children, handover }: PopoverProps & { handover: Handover }) {
  const focused = useTakenFocus(handover.hadFocus);
  return (
    <Primitive.Root defaultOpen={handover.isPressed}>
      <Primitive.Trigger asChild ref={focused}>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label} align={align} side={side} sideOffset={6} collisionPadding={8}
          className={classNames('z-50 max-h-(--radix-popover-content-available-height) w-max max-w-[min(22rem,var(--radix-popover-content-available-width))] overflow-y-auto rounded-card border bg-overlay p-3 text-table font-normal shadow-overlay duration-100 animate-in fade-in-0', className)}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
