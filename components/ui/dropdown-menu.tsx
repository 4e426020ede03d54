'use client';

import type { ComponentProps, ReactNode } from 'react';
import { deferred, lateOverlay } from './deferred.tsx';
import type * as View from './dropdown-menu-view.tsx';

const view = deferred(() => import('./dropdown-menu-view.tsx'));

export type DropdownMenuProps = {
  /** A Button or IconButton. */
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  className?: string;
  children: ReactNode;
};

/** A menu of acts or choices. Its code comes when the browser is idle. */
export const DropdownMenu = lateOverlay<typeof View, DropdownMenuProps>(view, ({ DropdownMenuView }) => DropdownMenuView, 'menu');

// What stands inside a menu is rendered only by the view, so its code is there by then.

/** For links: `<MenuItem asChild><Link href="/x">Open</Link></MenuItem>`, the icon then goes inside the link. */
export function MenuItem(props: ComponentProps<typeof View.MenuItem>) {
  const loaded = view.use();
  return loaded ? <loaded.MenuItem {...props} /> : null;
}

/** One of several, the chosen one ticked. Use inside MenuRadioGroup. */
export function MenuRadioItem(props: ComponentProps<typeof View.MenuRadioItem>) {
  const loaded = view.use();
  return loaded ? <loaded.MenuRadioItem {...props} /> : null;
}

/** One that is on or off by itself; `onSelect` with preventDefault keeps the menu open. */
export function MenuCheckboxItem(props: ComponentProps<typeof View.MenuCheckboxItem>) {
  const loaded = view.use();
  return loaded ? <loaded.MenuCheckboxItem {...props} /> : null;
}

export function MenuRadioGroup(props: ComponentProps<typeof View.MenuRadioGroup>) {
  const loaded = view.use();
  return loaded ? <loaded.MenuRadioGroup {...props} /> : null;
}

export function MenuLabel(props: ComponentProps<typeof View.MenuLabel>) {
  const loaded = view.use();
  return loaded ? <loaded.MenuLabel {...props} /> : null;
}

export function MenuSeparator() {
  const loaded = view.use();
  return loaded ? <loaded.MenuSeparator /> : null;
}
