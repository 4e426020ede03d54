'use client';

import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { OverlayFooter, OverlayHeader, scrimStyle } from './dialog.tsx';

const sides = {
  right: 'inset-y-0 right-0 w-[min(26rem,100%)] border-l data-[state=open]:slide-in-from-right-8',
  left: 'inset-y-0 left-0 w-[min(20rem,88%)] border-r data-[state=open]:slide-in-from-left-8',
  bottom: 'inset-x-0 bottom-0 max-h-[85dvh] rounded-t-card border-t pb-[env(safe-area-inset-bottom)] data-[state=open]:slide-in-from-bottom-8',
};

type SheetProps = {
  title: ReactNode;
  description?: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: keyof typeof sides;
  footer?: ReactNode;
  children?: ReactNode;
};

/** A side panel over the page: details of a row, filters on a phone. */
export function Sheet({ title, description, trigger, open, onOpenChange, side = 'right', footer, children }: SheetProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Primitive.Trigger asChild>{trigger}</Primitive.Trigger> : null}
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
