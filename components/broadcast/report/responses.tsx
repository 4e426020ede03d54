import type { ReactNode } from 'react';
import { rowsHref } from '#components/broadcast/delivery-states.ts';
import { Card } from '#components/ui/card.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';
import { Definition } from './definition.tsx';
import { CountLink } from './figure.tsx';

type Responses = ReportView['responses'];

/** What people did about it, against what they usually do. */
export function ResponsesCard({ broadcastId, responses }: { broadcastId: string | null; responses: Responses }) {
  const { replies, optOuts, comparedWith } = responses;
  return (
    <Card title="Responses" description={comparedWith === 0 ? 'There is no earlier broadcast to compare with.' : `Against the mean of your last ${comparedWith === 1 ? 'broadcast' : `${comparedWith} broadcasts`}.`}>
      <dl className="grid grid-cols-2 gap-3">
        <Figure label="Opt-outs" definition="People who texted STOP, or another word for it, within 72 hours of this message. It counts for the last broadcast that reached them." rate={responses.optOutsPer1000} usual={responses.usualOptOutsPer1000}>
          <CountLink row={{ name: 'people who opted out', count: optOuts, href: rowsHref(broadcastId, { search: 'response:opt_out' }) }} />
        </Figure>
        <Figure label="Replies" definition="People who answered within 72 hours of this message, other than by STOP, START or HELP. It counts for the last broadcast that reached them from the same sender." rate={responses.repliesPer1000} usual={responses.usualRepliesPer1000}>
          <CountLink row={{ name: 'people who replied', count: replies, href: rowsHref(broadcastId, { search: 'response:reply' }) }} />
        </Figure>
      </dl>
    </Card>
  );
}

type FigureProps = { label: string; definition: string; rate: number | null; usual: number | null; children: ReactNode };

function Figure({ label, definition, rate, usual, children }: FigureProps) {
  return (
    <div className="min-w-0">
      <dt className="text-table text-muted-foreground">{label} <Definition of={label}>{definition}</Definition></dt>
      <dd className="text-reading font-semibold tabular-nums">{children}</dd>
      <dd className="text-table text-muted-foreground tabular-nums">{rate === null ? 'nothing delivered yet' : `${rate.toFixed(1)} per 1,000 delivered${usual === null ? '' : `, usually ${usual.toFixed(1)}`}`}</dd>
    </div>
  );
}
