import type { Metadata } from 'next';
import { MessagePage } from '#components/layout/message-page.tsx';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <MessagePage title="Page not found" hasHomeLink>
      Nothing is at this address. It may have been deleted, the address may be mistyped, or it belongs to another
      organisation than the one you have open.
    </MessagePage>
  );
}
