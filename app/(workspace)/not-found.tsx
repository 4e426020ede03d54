import type { Metadata } from 'next';
import { NothingHere } from '#components/layout/nothing-here.tsx';

export const metadata: Metadata = { title: 'Page not found' };

/** What a page of the workspace does not find stands inside of the shell, whose `<main>` is the only one. */
export default function NotFound() {
  return <NothingHere isInShell />;
}
