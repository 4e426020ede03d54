'use client';

import type { ReactNode } from 'react';
import { deferred, lateOverlay } from './deferred.tsx';
import type * as View from './sheet-view.tsx';

const view = deferred(() => import('./sheet-view.tsx'));

export type SheetProps = {
  title: ReactNode;
  description?: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: 'right' | 'left' | 'bottom';
  footer?: ReactNode;
  children?: ReactNode;
};

/** A side panel over the page: details of a row, filters on a phone. Its code comes when the browser is idle, or when it opens. */
export const Sheet = lateOverlay<typeof View, SheetProps>(view, ({ SheetView }) => SheetView);
