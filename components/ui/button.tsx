import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Spinner } from './spinner.tsx';

export const buttonStyle = cva(
  'relative inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-primary text-on-primary hover:bg-primary-hover',
        secondary: 'border border-input-border bg-background text-foreground hover:bg-hover',
        ghost: 'text-foreground hover:bg-hover',
        destructive: 'bg-destructive text-on-destructive hover:bg-destructive-hover',
        link: 'text-link underline decoration-1 underline-offset-3 hover:decoration-2',
      },
      size: {
        sm: 'h-8 px-3 text-table pointer-coarse:h-11',
        md: 'h-9 px-4 text-body pointer-coarse:h-11',
        lg: 'h-11 px-5 text-reading',
      },
    },
    compoundVariants: [{ variant: 'link', className: 'h-auto px-0 pointer-coarse:h-auto pointer-coarse:min-h-11' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonStyle> & {
    /** Keeps the label and the width, adds a spinner, and swallows clicks without losing focus. */
    loading?: boolean;
    /** Icon before the label. */
    icon?: ReactNode;
    /** Lends its looks to the only child, for links: `<Button asChild><Link href="/x">Open</Link></Button>`. */
    asChild?: boolean;
  };

export function Button({ variant, size, loading, icon, asChild, className, children, type, onClick, ...rest }: ButtonProps) {
  const style = classNames(buttonStyle({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={style} onClick={onClick} {...rest}>
        {icon}
        <Slot.Slottable>{children}</Slot.Slottable>
      </Slot.Root>
    );
  }
  const blockClick = (event: MouseEvent<HTMLButtonElement>) => event.preventDefault();
  return (
    <button
      type={type ?? 'button'}
      className={style}
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      onClick={loading ? blockClick : onClick}
      {...rest}
    >
      {loading ? <Spinner /> : icon}
      {children}
    </button>
  );
}
