'use client';

import type { ReactNode } from 'react';
import { deferred, useHandover, WaitingTrigger } from './deferred.tsx';

const view = deferred(() => import('./tooltip-view.tsx'));

export type TooltipProps = {
  content: ReactNode;
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** Says nothing, for a trigger whose text is visible at the moment. */
  disabled?: boolean;
  className?: string;
};

/** Extra words on hover and focus. The trigger must be focusable and must make sense without them. Its code comes when the browser is idle. */
export function Tooltip(props: TooltipProps) {
  const { handover } = useHandover();
  const loaded = view.use();
  if (loaded) return <loaded.TooltipView {...props} handover={handover} />;
  return <WaitingTrigger hadFocus={handover.hadFocus} onWant={view.want}>{props.children}</WaitingTrigger>;
}
