'use client';

import { useState, type ComponentProps } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { Input } from '#components/ui/input.tsx';

/** A password that can be looked at, pasted, and filled by a password manager. */
export function PasswordInput({ className, ...rest }: Omit<ComponentProps<typeof Input>, 'type'>) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input {...rest} type={isShown ? 'text' : 'password'} autoCapitalize="none" spellCheck={false} className={classNames('pr-16', className)} />
      <button
        type="button"
        aria-label="Show password"
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
        className="absolute inset-y-0 right-0 flex w-14 items-center justify-center rounded-control text-table text-muted-foreground -outline-offset-2 hover:text-foreground aria-pressed:text-link pointer-coarse:w-16"
      >
        Show
      </button>
    </div>
  );
}
