'use client';

import { Monitor, Moon, Sun, type LucideIcon } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useId, useSyncExternalStore } from 'react';
import { classNames } from './class-names.ts';

export const themes: readonly { value: string; label: string; icon: LucideIcon }[] = [
  { value: 'system', label: 'System', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
];
const never = () => () => {};

/** System, light or dark, as three radio buttons. */
export function ThemeToggle({ className }: { className?: string }) {
  const { theme, setTheme } = useTheme();
  // The choice is in the browser only; until then nothing is marked, as on the server.
  const isBrowser = useSyncExternalStore(never, () => true, () => false);
  const name = useId();
  return (
    <fieldset className={classNames('inline-flex rounded-control border p-0.5', className)}>
      <legend className="sr-only">Colours</legend>
      {themes.map(({ value, label, icon: Icon }) => (
        <label
          key={value}
          title={label}
          className="relative inline-flex size-7 cursor-pointer items-center justify-center rounded-[4px] text-muted-foreground hover:text-foreground has-checked:bg-hover has-checked:text-foreground has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring pointer-coarse:size-11"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={isBrowser && theme === value}
            onChange={() => setTheme(value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          <Icon aria-hidden className="size-4" />
          <span className="sr-only">{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
