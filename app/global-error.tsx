'use client';

import { MessagePage } from '#components/layout/message-page.tsx';
import './globals.css';

type GlobalErrorProps = { error: Error & { digest?: string }; retry: () => void };

/** Stands in for the root layout when that fails too, so it brings its own document. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <title>Error · Hailer</title>
        <MessagePage title="Hailer could not be shown" reference={error.digest} onRetry={retry}>
          Something failed on our side. Broadcasts that are being sent are not affected: they run apart from these pages.
        </MessagePage>
      </body>
    </html>
  );
}
