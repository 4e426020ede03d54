'use client';

import type { ReactNode } from 'react';
import { deferred, useHandover, WaitingTrigger } from './deferred.tsx';

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
export function Sheet(props: SheetProps) {
  const { handover, press } = useHandover();
  const loaded = view.use(props.open === true);
  if (loaded) return <loaded.SheetView {...props} handover={handover} />;
  if (!props.trigger) return null;
  const open = () => { press(); props.onOpenChange?.(true); };
  return <WaitingTrigger popup="dialog" hadFocus={handover.hadFocus} onPress={open} onWant={view.want}>{props.trigger}</WaitingTrigger>;
}
