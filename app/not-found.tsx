import type { Metadata } from 'next';
import Link from 'next/link';
import { Button } from '#components/ui/button.tsx';
import { MessagePage } from '#components/layout/message-page.tsx';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <MessagePage
      title="Page not found"
      actions={<Button asChild variant="primary"><Link href="/">Go to Home</Link></Button>}
    >
      Nothing is at this address. It may have been deleted, the address may be mistyped, or it belongs to another
      organisation than the one you have open.
    </MessagePage>
  );
}
