import { FlaskConical } from 'lucide-react';
import type { ReactNode } from 'react';

/** Amber line above every page while the organisation talks to the simulator. */
export function TestModeBar({ children = 'Simulator: nothing reaches a phone, no cost' }: { children?: ReactNode }) {
  return (
    <section aria-label="Test mode" className="flex min-h-8 items-center justify-center gap-2 bg-warning-tint px-4 py-1 text-center text-caption font-medium text-warning-text">
      <FlaskConical aria-hidden className="size-3.5 shrink-0" />
      <span>{children}</span>
    </section>
  );
}
