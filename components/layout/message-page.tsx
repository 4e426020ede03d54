import type { ReactNode } from 'react';

type MessagePageProps = {
  title: string;
  children: ReactNode;
  /** Adds "Try again". */
  onRetry?: () => void;
  /** Adds the way to Home. */
  hasHomeLink?: boolean;
  /** Finds the failure in the server's log. */
  reference?: string;
  /** Inside the AppShell, which has a `<main>` already. */
  isInShell?: boolean;
};

const actionStyle = 'inline-flex h-9 items-center rounded-control px-4 font-medium pointer-coarse:h-11';
const mainStyle = `${actionStyle} bg-primary text-on-primary hover:bg-primary-hover`;
const sideStyle = `${actionStyle} border border-input-border hover:bg-hover`;

/**
 * A page that only says one thing: not found, failed. Plain elements instead of Button and Link: the error pages
 * travel with every other page, and after a failure a full load is the better way to Home.
 */
export function MessagePage({ title, children, onRetry, hasHomeLink, reference, isInShell }: MessagePageProps) {
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
      <div className="mt-6 flex flex-wrap gap-2">
        {onRetry ? <button type="button" onClick={onRetry} className={mainStyle}>Try again</button> : null}
        {hasHomeLink ? <a href="/" className={onRetry ? sideStyle : mainStyle}>Go to Home</a> : null}
      </div>
    </Frame>
  );
}
