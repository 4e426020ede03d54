'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useTakenFocus, type Handover } from './deferred.tsx';
import type { DialogProps } from './dialog.tsx';
import { scrimStyle } from './overlay-style.ts';

const panelStyle =
  'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-card border bg-overlay shadow-overlay data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98 duration-150';
const widths = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl' };

export function DialogView({ title, description, trigger, open, onOpenChange, size = 'sm', footer, children, handover }: DialogProps & { handover: Handover }) {
  const focused = useTakenFocus(handover.hadFocus);
  return (
    <Primitive.Root open={open} defaultOpen={handover.isPressed} onOpenChange={onOpenChange}>
      {trigger ? <Primitive.Trigger asChild ref={focused}>{trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay className={scrimStyle} />
        <Primitive.Content className={classNames(panelStyle, widths[size])} {...(description ? {} : { 'aria-describedby': undefined })}>
          <OverlayHeader title={title} description={description} />
          {children ? <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div> : null}
          {footer ? <OverlayFooter>{footer}</OverlayFooter> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export const DialogClose = Primitive.Close;

export function OverlayHeader({ title, description }: { title: ReactNode; description?: ReactNode }) {
  return (
    <div className="flex items-start justify-between gap-4 px-5 pt-5 pb-4">
      <div className="min-w-0">
        <Primitive.Title className="text-h3 font-semibold">{title}</Primitive.Title>
        {description ? <Primitive.Description className="mt-1 text-body text-muted-foreground">{description}</Primitive.Description> : null}
      </div>
      <Primitive.Close
        aria-label="Close"
        className="-mt-1.5 -mr-2 inline-flex size-9 shrink-0 items-center justify-center rounded-control text-muted-foreground hover:bg-hover hover:text-foreground pointer-coarse:size-11"
      >
        <X aria-hidden className="size-4" />
      </Primitive.Close>
    </div>
  );
}

export function OverlayFooter({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse gap-2 border-t px-5 py-4 max-sm:[&>*]:w-full sm:flex-row sm:justify-end">{children}</div>
  );
}
