'use client';

import { OwnWords } from '#components/broadcast/history/lazy-diff.tsx';

export type Difference = { label: string; mine: string; theirs: string };

/** Two versions of a draft side by side: only what differs, the words marked that the other does not have. */
export function Differences({ rows }: { rows: readonly Difference[] }) {
  const different = rows.filter(({ mine, theirs }) => mine !== theirs);
  if (different.length === 0) return <p className="text-body">Both versions say the same. Keep either.</p>;
  return (
    <div className="grid gap-4">
      {different.map(({ label, mine, theirs }) => (
        <section key={label} aria-label={label}>
          <h3 className="text-body font-medium">{label}</h3>
          <dl className="mt-1 grid gap-2 sm:grid-cols-2">
            <Version whose="Mine" text={mine} other={theirs} />
            <Version whose="Theirs" text={theirs} other={mine} />
          </dl>
        </section>
      ))}
    </div>
  );
}

function Version({ whose, text, other }: { whose: string; text: string; other: string }) {
  return (
    <div className="rounded-control border bg-surface p-3">
      <dt className="text-caption text-muted-foreground">{whose}</dt>
      <dd className="text-body break-words whitespace-pre-wrap">{text ? <OwnWords text={text} other={other} /> : '(empty)'}</dd>
    </div>
  );
}
