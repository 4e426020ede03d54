import { UserRound } from 'lucide-react';
import { classNames } from '#components/ui/class-names.ts';

/** One or two letters of a name; a number has none. The name itself always stands beside it. */
export function Avatar({ title, className }: { title: string; className?: string }) {
  const letters = /\p{L}/u.test(title) ? title.split(/\s+/).filter((word) => /^\p{L}/u.test(word)).map((word) => [...word][0]?.toUpperCase() ?? '') : [];
  const [first, last] = [letters[0] ?? '', letters.length > 1 ? letters.at(-1) ?? '' : ''];
  return (
    <span aria-hidden className={classNames('inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-progress-tint text-table font-semibold text-progress-text select-none', className)}>
      {first === '' ? <UserRound className="size-4" /> : first + last}
    </span>
  );
}
