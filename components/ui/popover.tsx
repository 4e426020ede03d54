'use client';

import type { ReactNode } from 'react';
import { deferred, useHandover, WaitingTrigger } from './deferred.tsx';

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
export function Popover(props: PopoverProps) {
  const { handover, press } = useHandover();
  const loaded = view.use();
  if (loaded) return <loaded.PopoverView {...props} handover={handover} />;
  return <WaitingTrigger popup="dialog" hadFocus={handover.hadFocus} onPress={press} onWant={view.want}>{props.trigger}</WaitingTrigger>;
}
