'use client';

import { Slot } from 'radix-ui';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type ComponentType, type ReactNode, type RefObject } from 'react';

/**
 * Code that a page needs only once somebody acts: it comes when the browser is idle, or at once when it is wanted, so that no page waits for it. `use`
 * gives the module, or null until it is there; a load that failed is tried again at the next wish.
 */
export function deferred<Module>(load: () => Promise<Module>) {
  let code: Module | null = null;
  let pending: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; };
  const want = () => {
    pending ??= load().then((loaded) => { code = loaded; for (const listener of listeners) listener(); }, () => { pending = null; });
  };
  function use(isWanted = false): Module | null {
    const loaded = useSyncExternalStore(subscribe, () => code, () => null);
    useEffect(() => {
      if (loaded) return undefined;
      if (isWanted) { want(); return undefined; }
      return whenIdle(want);
    }, [isWanted, loaded]);
    return loaded;
  }
  return { want, use };
}

/** Safari has no idle callback. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(work, { timeout: 2_000 });
    return () => { cancelIdleCallback(handle); };
  }
  const timer = setTimeout(work, 500);
  return () => { clearTimeout(timer); };
}

/** What an overlay's view takes over from the trigger that stood there before it. */
export type Handover = { isPressed: boolean; hadFocus: RefObject<boolean> };

/** A press that came before the code did, and the focus that must not get lost when the real trigger takes the place. */
export function useHandover() {
  const [isPressed, setPressed] = useState(false);
  const hadFocus = useRef(false);
  const handover: Handover = { isPressed, hadFocus };
  return { handover, press: () => { setPressed(true); } };
}

type OverlayProps = { trigger?: ReactNode; open?: boolean; onOpenChange?: (open: boolean) => void };

/** An overlay whose view comes late: until then its trigger stands alone, if it has one, and a press is handed over. */
export function lateOverlay<Module, Props extends OverlayProps>(view: ReturnType<typeof deferred<Module>>, pick: (module: Module) => ComponentType<Props & { handover: Handover }>, popup: 'menu' | 'dialog' = 'dialog') {
  return function LateOverlay(props: Props) {
    const { handover, press } = useHandover();
    const loaded = view.use(props.open === true);
    if (loaded) {
      const View = pick(loaded);
      return <View {...props} handover={handover} />;
    }
    if (!props.trigger) return null;
    const open = () => { press(); props.onOpenChange?.(true); };
    return <WaitingTrigger popup={popup} hadFocus={handover.hadFocus} onPress={open} onWant={view.want}>{props.trigger}</WaitingTrigger>;
  };
}

type WaitingTriggerProps = { /** What it opens; nothing for a tooltip. */ popup?: 'menu' | 'dialog'; hadFocus: RefObject<boolean>; onPress?: () => void; onWant: () => void; children: ReactNode };

/** A trigger as it stands until its overlay's code is there. */
export function WaitingTrigger({ popup, hadFocus, onPress, onWant, children }: WaitingTriggerProps) {
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => () => { hadFocus.current = element.current !== null && element.current === document.activeElement; }, [hadFocus]);
  return (
    <Slot.Root ref={element} {...(popup && { 'aria-haspopup': popup, 'aria-expanded': false })} onPointerEnter={onWant} onFocus={onWant} onClick={() => { onPress?.(); onWant(); }}>
      {children}
    </Slot.Root>
  );
}

/** Gives the focus to the trigger that took the place of a focused one. */
export function useTakenFocus(hadFocus: RefObject<boolean>) {
  const trigger = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => { if (hadFocus.current) trigger.current?.focus(); }, [hadFocus]);
  return trigger;
}
