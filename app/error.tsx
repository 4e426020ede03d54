'use client';

import { useEffect } from 'react';
import { MessagePage } from '#components/layout/message-page.tsx';

type ErrorPageProps = { error: Error & { digest?: string }; retry: () => void };

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <MessagePage title="This page could not be shown" reference={error.digest} onRetry={retry} hasHomeLink>
      Something failed on our side while the page was being put together. Broadcasts that are being sent are not
      affected: they run apart from these pages.
    </MessagePage>
  );
}
