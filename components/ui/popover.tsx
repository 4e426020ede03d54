'use client';

import type { ReactNode } from 'react';
import { deferred, lateOverlay } from './deferred.tsx';
import type * as View from './popover-view.tsx';

const view = deferred(() => import('./popover-view.tsx'));

export type PopoverProps = {
  /** A button. */
  trigger: ReactNode;
  /** Names the panel for screen readers. */
  label: string;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  className?: string;
  children: ReactNode;
};

/** Words to read beside the page, opened by a press: for definitions and help that a tooltip is too short for. Its code comes when the browser is idle. */
export const Popover = lateOverlay<typeof View, PopoverProps>(view, ({ PopoverView }) => PopoverView);
