import { MessagePage } from './message-page.tsx';

/** No page has this address, or its object is gone or somebody else's. */
export function NothingHere({ isInShell }: { isInShell?: boolean }) {
  return (
    <MessagePage title="Page not found" hasHomeLink isInShell={isInShell}>
      Nothing is at this address. It may have been deleted, the address may be mistyped, or it belongs to another
      organisation than the one you have open.
    </MessagePage>
  );
}
