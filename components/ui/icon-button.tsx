'use client';

import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

type IconButtonProps = Omit<ButtonProps, 'children' | 'icon' | 'aria-label' | 'asChild'> & {
  /** Accessible name and tooltip. */
  label: string;
  icon: ReactNode;
  tooltipSide?: 'top' | 'right' | 'bottom' | 'left';
};

export function IconButton({ label, icon, tooltipSide, size = 'md', variant = 'ghost', className, ...rest }: IconButtonProps) {
  const square = { sm: 'w-8 pointer-coarse:w-11', md: 'w-9 pointer-coarse:w-11', lg: 'w-11' }[size ?? 'md'];
  return (
    <Tooltip content={label} side={tooltipSide}>
      <Button aria-label={label} size={size} variant={variant} className={classNames('px-0', square, className)} {...rest}>
        {rest.loading ? null : icon}
      </Button>
    </Tooltip>
  );
}
