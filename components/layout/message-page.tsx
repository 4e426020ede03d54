import type { ReactNode } from 'react';

type MessagePageProps = {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** Finds the failure in the server's log. */
  reference?: string;
  /** Inside the AppShell, which has a `<main>` already. */
  isInShell?: boolean;
};

/** A page that only says one thing: not found, failed. */
export function MessagePage({ title, children, actions, reference, isInShell }: MessagePageProps) {
  const Frame = isInShell ? 'div' : 'main';
  return (
    <Frame className="mx-auto flex min-h-[70dvh] max-w-lg flex-col justify-center px-4 py-12">
      <h1 className="text-h1 font-semibold">{title}</h1>
      <p className="mt-2 text-reading text-muted-foreground">{children}</p>
      {reference ? (
        <p className="mt-3 text-table text-muted-foreground">
          Reference for the server log: <code className="font-mono text-foreground">{reference}</code>
        </p>
      ) : null}
      {actions ? <div className="mt-6 flex flex-wrap gap-2">{actions}</div> : null}
    </Frame>
  );
}
