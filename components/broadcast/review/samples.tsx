'use client';

import Link from 'next/link';
import { useState } from 'react';
import { personName } from '#components/broadcast/person-name.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';

const FIRST = 5;

type Sample = PreviewView['samples'][number];
export type SamplesProps = { broadcast: BroadcastView; preview: PreviewView; /** The sender's address. */ from: string | null };

const labelWords: Record<Sample['labels'][number], string> = { longest: 'Longest', shortest: 'Shortest', missing: 'Missing value', unicode: 'Unicode' };

/** The text as written and as real people will read it, first those who are worth a look. */
export function Samples({ broadcast, preview }: SamplesProps) {
  const [isAll, setAll] = useState(false);
  const isLong = !isAll && preview.samples.length > FIRST;
  const shown = isLong ? preview.samples.slice(0, FIRST) : preview.samples;
  return (
    <Card title="Message" actions={<Link href={`/broadcasts/${broadcast.id}`} className="text-body font-medium text-link underline underline-offset-3">Edit</Link>}>
      <p className="rounded-control border bg-surface p-3 text-body break-words whitespace-pre-wrap">{broadcast.content || 'No text yet.'}{broadcast.content && broadcast.optOutLine ? <span className="text-muted-foreground">{`\n${broadcast.optOutLine}`}</span> : null}</p>
      <SegmentsOfAll segments={preview.segments} />
      {shown.length > 0 ? <h3 className="mt-4 mb-2 text-body font-medium">As {formatNumber(shown.length)} of them will read it</h3> : null}
      <ul className="grid grid-cols-1 gap-3">
        {shown.map((sample) => <SampleMessage key={sample.recipient} sample={sample} />)}
      </ul>
      {isLong ? <Button size="sm" className="mt-3" onClick={() => setAll(true)}>Show {preview.samples.length - FIRST} more</Button> : null}
    </Card>
  );
}

function SegmentsOfAll({ segments }: Pick<PreviewView, 'segments'>) {
  if (segments.total === 0) return null;
  const each = segments.shortest === segments.longest
    ? `each message has ${formatCount(segments.longest, 'segment')}`
    : `a message has ${formatNumber(segments.shortest)} at best, typically ${formatNumber(segments.perMessage)}, at worst ${formatCount(segments.longest, 'segment')}`;
  return (
    <p className="mt-2 text-table text-muted-foreground tabular-nums">
      {formatCount(segments.total, 'segment')} in all, {segments.encoding}; {each}{segments.isSample ? ' (worked out from a sample)' : ''}.
    </p>
  );
}

function SampleMessage({ sample }: { sample: Sample }) {
  return (
    <li className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-table">
        <span className="font-medium">{personName(sample)}</span>
        <span className="text-muted-foreground tabular-nums">{formatPhone(sample.recipient)} · {sample.skip ? 'gets nothing' : formatCount(sample.segments, 'segment')}</span>
        {sample.labels.map((label) => <Badge key={label}>{labelWords[label]}</Badge>)}
      </p>
      {sample.skip ? null : <p className="mt-1 inline-block max-w-full rounded-bubble rounded-bl-[4px] bg-hover px-3.5 py-2 text-body break-words whitespace-pre-wrap">{sample.text}</p>}
      {sample.missing.length > 0 ? <p className="mt-1 text-table text-warning-text">{sample.skip ? 'No value for' : 'Empty here:'} {sample.missing.join(', ')}</p> : null}
    </li>
  );
}
