'use client';

import { AlertDialog as Primitive } from 'radix-ui';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { OverlayFooter, scrimStyle } from './dialog.tsx';

type AlertDialogProps = {
  /** The act as a question: "Send to 1,204 people?" */
  title: ReactNode;
  /** What follows, with a number: "This costs about $9.52 and cannot be called back." */
  consequence: ReactNode;
  /** The verb again, never "OK": "Send now". */
  confirmLabel: string;
  cancelLabel?: string;
  isDestructive?: boolean;
  /** While its promise is open the dialog stays, with a spinner. If it rejects, the dialog stays too. */
  onConfirm: () => void | Promise<unknown>;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** More to read or to fill in, under the consequence. */
  children?: ReactNode;
};

/** Asks before something that cannot be undone. For all else act at once and offer Undo (`notify`). */
export function AlertDialog(props: AlertDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
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
      {props.trigger ? <Primitive.Trigger asChild>{props.trigger}</Primitive.Trigger> : null}
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
