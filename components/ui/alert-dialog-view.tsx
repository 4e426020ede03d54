'use client';

import { AlertDialog as Primitive } from 'radix-ui';
import { useState, type MouseEvent } from 'react';
import type { AlertDialogProps } from './alert-dialog.tsx';
import { Button } from './button.tsx';
import { useTakenFocus, type Handover } from './deferred.tsx';
import { OverlayFooter } from './dialog-view.tsx';
import { scrimStyle } from './overlay-style.ts';

export function AlertDialogView({ handover, ...props }: AlertDialogProps & { handover: Handover }) {
  const focused = useTakenFocus(handover.hadFocus);
  const [ownOpen, setOwnOpen] = useState(handover.isPressed);
  const [isBusy, setBusy] = useState(false);
  const open = props.open ?? ownOpen;
  const setOpen = (next: boolean) => {
    if (isBusy) return;
    setOwnOpen(next);
    props.onOpenChange?.(next);
  };

  const confirm = async (event: MouseEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await props.onConfirm();
      setOwnOpen(false);
      props.onOpenChange?.(false);
    } catch {
      // The caller shows its own error; the question stays open so that it can be tried again.
    } finally {
      setBusy(false);
    }
  };

  return (
    <Primitive.Root open={open} onOpenChange={setOpen}>
      {props.trigger ? <Primitive.Trigger asChild ref={focused}>{props.trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay className={scrimStyle} />
        <Primitive.Content className="fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 flex-col rounded-card border bg-overlay shadow-overlay duration-150 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98">
          <div className="overflow-y-auto p-5">
            <Primitive.Title className="text-h3 font-semibold">{props.title}</Primitive.Title>
            <Primitive.Description className="mt-2 text-body text-muted-foreground">{props.consequence}</Primitive.Description>
            {props.children ? <div className="mt-4">{props.children}</div> : null}
          </div>
          <OverlayFooter>
            <Primitive.Cancel asChild>
              <Button disabled={isBusy}>{props.cancelLabel ?? 'Cancel'}</Button>
            </Primitive.Cancel>
            <Primitive.Action asChild>
              <Button variant={props.isDestructive ? 'destructive' : 'primary'} loading={isBusy} onClick={confirm}>
                {props.confirmLabel}
              </Button>
            </Primitive.Action>
          </OverlayFooter>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
