'use client';

import Link from 'next/link';
import { useEffect } from 'react';
import { Button } from '#components/ui/button.tsx';
import { MessagePage } from '#components/layout/message-page.tsx';

type ErrorPageProps = { error: Error & { digest?: string }; retry: () => void };

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <MessagePage
      title="This page could not be shown"
      reference={error.digest}
      actions={
        <>
          <Button variant="primary" onClick={retry}>Try again</Button>
          <Button asChild><Link href="/">Go to Home</Link></Button>
        </>
      }
    >
      Something failed on our side while the page was being put together. Broadcasts that are being sent are not
      affected: they run apart from these pages.
    </MessagePage>
  );
}
