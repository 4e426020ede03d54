'use client';

import Link from 'next/link';
import { useState } from 'react';
import { personName } from '#components/broadcast/person-name.ts';
import type { SamplesProps } from '#components/broadcast/review/samples.tsx';
import { usePinned } from '#components/broadcast/use-pinned.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { languageName } from '#components/template/language-name.ts';
import { TemplateStatusBadge } from '#components/template/template-status.tsx';
import { Card } from '#components/ui/card.tsx';
import { categoryWord } from '#server/channels/whatsapp/template.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import type { PinnedView } from '#server/domain/template/schema.ts';
import { WhatsappPreview } from './preview.tsx';
import { useTemplatePrices } from './use-template-prices.ts';

/** Who gets the template and who the free words, with both on a phone, person by person. */
export function WhatsappSamples({ broadcast, preview, from }: SamplesProps) {
  const [position, setPosition] = useState(0);
  const pinned = usePinned(broadcast.templateSid) ?? null;
  const { samples } = preview;
  const index = Math.min(position, Math.max(0, samples.length - 1));
  const sample = samples[index];
  const isFreeform = broadcast.content.trim() !== '' || broadcast.mediaUrls.length > 0;
  return (
    <Card title="Message" actions={<Link href={`/broadcasts/${broadcast.id}`} className="text-body font-medium text-link underline underline-offset-3">Edit</Link>}>
      <div className="grid items-start gap-6 sm:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid gap-4">
          <Kinds preview={preview} pinned={pinned} isFreeform={isFreeform} />
          {pinned ? <Price pinned={pinned} recipient={sample?.recipient ?? null} /> : null}
        </div>
        {sample ? (
          <WhatsappPreview
            from={from} index={index} count={samples.length} onStep={(by) => setPosition((index + by + samples.length) % samples.length)} pinned={pinned} mediaUrls={broadcast.mediaUrls} preview={preview}
            sample={{ ...sample, name: personName(sample), isReal: true }}
          />
        ) : <p className="text-table text-muted-foreground">The messages of real people show here once nothing blocks them.</p>}
      </div>
    </Card>
  );
}

/** How many get which, as things stand: looked at again at the moment of each message. */
function Kinds({ preview, pinned, isFreeform }: { preview: PreviewView; pinned: PinnedView | null; isFreeform: boolean }) {
  const off = (key: PreviewView['waterfall'][number]['key']) => Math.abs(preview.waterfall.find((step) => step.key === key)?.count ?? 0);
  const template = pinned ? 'the template' : 'nothing: there is no template';
  const rows = [
    { label: 'Wrote within 24 hours', count: preview.insideWindow, what: isFreeform ? 'your own words' : template }, { label: 'Everybody else', count: preview.outsideWindow, what: template },
    { label: 'Of these skipped: silent for 24 hours', count: off('outsideWindow'), what: 'nothing' }, { label: 'Of these skipped: marketing to the US', count: off('marketingNotDelivered'), what: 'nothing' },
    { label: 'Of these skipped: a value is missing', count: off('missingVariable'), what: 'nothing' },
  ].filter(({ count }, index) => index < 2 || count > 0);
  return (
    <table className="w-full border-collapse text-left text-body tabular-nums">
      <caption className="mb-1 text-left text-body font-medium">Who gets which</caption>
      <thead className="sr-only"><tr><th scope="col">Who</th><th scope="col">People</th><th scope="col">Gets</th></tr></thead>
      <tbody>
        {rows.map(({ label, count, what }) => (
          <tr key={label} className="border-b last:border-0">
            <th scope="row" className="py-1.5 pr-3 font-normal">{label}</th><td className="py-1.5 pr-3 text-right font-semibold">{formatNumber(count)}</td><td className="py-1.5 text-muted-foreground">{what}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Price({ pinned, recipient }: { pinned: PinnedView; recipient: string | null }) {
  const prices = useTemplatePrices(recipient);
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1"><Link href={`/templates/${pinned.templateId}`} className="font-mono text-body font-medium break-all text-link underline underline-offset-3 pointer-coarse:py-2">{pinned.name}</Link><TemplateStatusBadge status={pinned.status} /><span className="text-table text-muted-foreground">{languageName(pinned.language)}</span></p>
      <p className="text-table text-muted-foreground"><span className="font-medium text-foreground">{categoryWord[pinned.category]}.</span> {prices.of[pinned.category]} {`It has ${formatCount(pinned.positions.length, 'variable')}.`}</p>
    </div>
  );
}
