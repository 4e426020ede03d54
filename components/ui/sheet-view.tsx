'use client';

import { Dialog as Primitive } from 'radix-ui';
import { classNames } from './class-names.ts';
import { useTakenFocus, type Handover } from './deferred.tsx';
import { OverlayFooter, OverlayHeader } from './dialog-view.tsx';
import { scrimStyle } from './overlay-style.ts';
import type { SheetProps } from './sheet.tsx';

const sides = {
  right: 'inset-y-0 right-0 w-[min(26rem,100%)] border-l data-[state=open]:slide-in-from-right-8',
  left: 'inset-y-0 left-0 w-[min(20rem,88%)] border-r data-[state=open]:slide-in-from-left-8',
  bottom: 'inset-x-0 bottom-0 max-h-[85dvh] rounded-t-card border-t pb-[env(safe-area-inset-bottom)] data-[state=open]:slide-in-from-bottom-8',
};

export function SheetView({ title, description, trigger, open, onOpenChange, side = 'right', footer, children, handover }: SheetProps & { handover: Handover }) {
  const focused = useTakenFocus(handover.hadFocus);
  return (
    <Primitive.Root open={open} defaultOpen={handover.isPressed} onOpenChange={onOpenChange}>
      {trigger ? <Primitive.Trigger asChild ref={focused}>{trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay className={scrimStyle} />
        <Primitive.Content
          className={classNames('fixed z-50 flex flex-col bg-overlay shadow-overlay duration-150 data-[state=open]:animate-in data-[state=open]:fade-in-0', sides[side])}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <OverlayHeader title={title} description={description} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer ? <OverlayFooter>{footer}</OverlayFooter> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
