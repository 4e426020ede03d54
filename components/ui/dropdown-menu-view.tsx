'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useTakenFocus, type Handover } from './deferred.tsx';
import type { DropdownMenuProps } from './dropdown-menu.tsx';

const itemStyle =
  'relative flex min-h-8 cursor-default items-center gap-2.5 rounded-control px-2.5 py-1 text-body outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground';

export function DropdownMenuView({ trigger, align = 'end', side = 'bottom', className, children, handover }: DropdownMenuProps & { handover: Handover }) {
  const focused = useTakenFocus(handover.hadFocus);
  return (
    <Primitive.Root modal={false} defaultOpen={handover.isPressed}>
      <Primitive.Trigger asChild ref={focused}>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={classNames(
            'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 overflow-y-auto rounded-card border bg-overlay p-1 shadow-overlay duration-100 animate-in fade-in-0',
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

type MenuItemProps = ComponentProps<typeof Primitive.Item> & {
  icon?: ReactNode;
  /** Keys, at the right. */
  shortcut?: ReactNode;
  isDestructive?: boolean;
};

/** For links: `<MenuItem asChild><Link href="/x">Open</Link></MenuItem>`, the icon then goes inside the link. */
export function MenuItem({ icon, shortcut, isDestructive, className, children, asChild, ...rest }: MenuItemProps) {
  const style = classNames(itemStyle, isDestructive && 'text-destructive [&_svg]:text-destructive', className);
  if (asChild) return <Primitive.Item asChild className={style} {...rest}>{children}</Primitive.Item>;
  return (
    <Primitive.Item className={style} {...rest}>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut}
    </Primitive.Item>
  );
}

/** One of several, the chosen one ticked. Use inside MenuRadioGroup. */
export function MenuRadioItem({ className, children, ...rest }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={classNames(itemStyle, 'pr-8', className)} {...rest}>
      {children}
      <Primitive.ItemIndicator className="absolute right-2.5"><Check aria-hidden /></Primitive.ItemIndicator>
    </Primitive.RadioItem>
  );
}

/** One that is on or off by itself. */
export function MenuCheckboxItem({ className, children, ...rest }: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem className={classNames(itemStyle, 'pr-8', className)} {...rest}>
      {children}
      <Primitive.ItemIndicator className="absolute right-2.5"><Check aria-hidden /></Primitive.ItemIndicator>
    </Primitive.CheckboxItem>
  );
}

export const MenuRadioGroup = Primitive.RadioGroup;

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2.5 pt-2 pb-1 text-caption font-medium text-muted-foreground">{children}</Primitive.Label>;
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-border" />;
}
