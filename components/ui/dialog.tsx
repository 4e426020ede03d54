'use client';

import type { ComponentProps, ReactNode } from 'react';
import { deferred, lateOverlay } from './deferred.tsx';
import type * as View from './dialog-view.tsx';

const view = deferred(() => import('./dialog-view.tsx'));

export type DialogProps = {
  title: ReactNode;
  description?: ReactNode;
  /** The element that opens it; or leave out and control `open`. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  size?: 'sm' | 'md' | 'lg';
  /** Buttons, the main one last. */
  footer?: ReactNode;
  children?: ReactNode;
};

/** A question or a form over the page. Its code comes when the browser is idle, or when it opens. */
export const Dialog = lateOverlay<typeof View, DialogProps>(view, ({ DialogView }) => DialogView);

/** Closes the dialog or sheet around it: `<DialogClose asChild><Button>Cancel</Button></DialogClose>`. */
export function DialogClose(props: ComponentProps<typeof View.DialogClose>) {
  const loaded = view.use();
  return loaded ? <loaded.DialogClose {...props} /> : null;
}
