import Link from 'next/link';
import { Badge } from '#components/ui/badge.tsx';

/** A tag; leads to everybody who has it. */
export const TagBadge = ({ tag }: { tag: string }) =>
  <Badge className="max-w-full px-0"><Link href={`/contacts?tag=${encodeURIComponent(tag)}`} aria-label={`Tag ${tag}: everybody who has it`} className="min-w-6 truncate rounded-full px-2 underline-offset-3 hover:text-foreground hover:underline">{tag}</Link></Badge>;
