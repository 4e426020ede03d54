import { CheckCheck, Megaphone, ReceiptText, ShieldCheck, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Mark } from '#components/layout/mark.tsx';
import { LateThemeToggle } from '#components/ui/late-theme-toggle.tsx';

/** The frame of the pages before signing in: the form, and on wide screens what waits behind it. */
export function Door({ children }: { children: ReactNode }) {
  return (
    <div data-door className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <div className="flex min-w-0 flex-col px-4 sm:px-8">
        <header className="flex h-16 items-center justify-between">
          <span className="flex items-center gap-2.5 text-reading font-semibold"><Mark className="size-7" />Hailer</span>
          <LateThemeToggle />
        </header>
        <main id="main" className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center pt-4 pb-16">{children}</main>
      </div>
      <Aside />
    </div>
  );
}

export function DoorTitle({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mb-7">
      <h1 className="text-h1 font-semibold">{title}</h1>
      <p className="mt-1.5 text-body text-muted-foreground">{children}</p>
    </div>
  );
}

function Aside() {
  return (
    <aside aria-label="About Hailer" className="hidden flex-col justify-center gap-10 border-l bg-surface px-12 py-16 lg:flex xl:px-20">
      <div aria-hidden className="max-w-md">
        <p className="w-fit max-w-[19rem] rounded-bubble rounded-bl-[4px] border bg-background px-4 py-3 text-reading">
          Hi Ann, the spring sale starts today. Show this message for 20% off. Reply STOP to end.
        </p>
        <p className="mt-2 flex items-center gap-1.5 text-caption text-muted-foreground"><CheckCheck className="size-3.5 text-success-fill" />Delivered, $0.0079</p>
      </div>
      <div className="max-w-md">
        <p className="text-h2 font-semibold text-balance">Text everybody at once, through your own Twilio account.</p>
        <ul className="mt-6 grid gap-5">
          <Point icon={Megaphone} title="SMS and WhatsApp, one way">One broadcast, one audience, one log for both.</Point>
          <Point icon={ShieldCheck} title="Inside the rules">Paced under your registered rate; people who said STOP are left alone.</Point>
          <Point icon={ReceiptText} title="Every cent accounted for">The price of each message as Twilio charges it.</Point>
        </ul>
      </div>
    </aside>
  );
}

function Point({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3.5">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-control bg-progress-tint text-progress-text"><Icon aria-hidden className="size-4.5" /></span>
      <span>
        <span className="block font-medium">{title}</span>
        <span className="block text-muted-foreground">{children}</span>
      </span>
    </li>
  );
}
