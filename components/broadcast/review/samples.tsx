'use client';

import Link from 'next/link';
import { useState } from 'react';
import { personName } from '#components/broadcast/person-name.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';

const FIRST = 5;

type SamplesProps = { broadcast: Pick<BroadcastView, 'id' | 'content'>; preview: PreviewView };

/** The text as written and as real people will read it. */
export function Samples({ broadcast, preview }: SamplesProps) {
  const { segments } = preview;
  const [isAll, setAll] = useState(false);
  const isLong = !isAll && preview.samples.length > FIRST;
  const shown = isLong ? preview.samples.slice(0, FIRST) : preview.samples;
  return (
    <Card title="Message" actions={<Link href={`/broadcasts/${broadcast.id}`} className="text-body font-medium text-link underline underline-offset-3">Edit</Link>}>
      <p className="rounded-control border bg-surface p-3 text-body break-words whitespace-pre-wrap">{broadcast.content || 'No text yet.'}</p>
      {segments.total > 0 ? (
        <p className="mt-2 text-table text-muted-foreground tabular-nums">
          {formatCount(segments.total, 'segment')} in all, {segments.encoding}. The longest message has {formatCount(segments.longest, 'segment')}.
        </p>
      ) : null}
      {shown.length > 0 ? <h3 className="mt-4 mb-2 text-body font-medium">As {formatNumber(shown.length)} of them will read it</h3> : null}
      <ul className="grid grid-cols-1 gap-3">
        {shown.map((sample) => <SampleMessage key={sample.recipient} sample={sample} />)}
      </ul>
      {isLong ? <Button size="sm" className="mt-3" onClick={() => setAll(true)}>Show {preview.samples.length - FIRST} more</Button> : null}
    </Card>
  );
}

function SampleMessage({ sample }: { sample: PreviewView['samples'][number] }) {
  return (
    <li className="min-w-0">
      <p className="flex flex-wrap items-baseline gap-x-2 text-table">
        <span className="font-medium">{personName(sample)}</span>
        <span className="text-muted-foreground tabular-nums">{formatPhone(sample.recipient)} · {formatCount(sample.segments, 'segment')}</span>
      </p>
      <p className="mt-1 inline-block max-w-full rounded-bubble rounded-bl-[4px] bg-hover px-3.5 py-2 text-body break-words whitespace-pre-wrap">{sample.text}</p>
      {sample.missing.length > 0 ? <p className="mt-1 text-table text-warning-text">Empty here: {sample.missing.join(', ')}</p> : null}
    </li>
  );
}
