'use client';

import type { ReactNode } from 'react';
import { deferred, lateOverlay } from './deferred.tsx';
import type * as View from './alert-dialog-view.tsx';

const view = deferred(() => import('./alert-dialog-view.tsx'));

export type AlertDialogProps = {
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

/** Asks before something that cannot be undone. For all else act at once and offer Undo (`notify`). Its code comes when the browser is idle, or when it opens. */
export const AlertDialog = lateOverlay<typeof View, AlertDialogProps>(view, ({ AlertDialogView }) => AlertDialogView);
