'use client';

import { formatNumber } from '#components/format/number.ts';
import { classNames } from '#components/ui/class-names.ts';
import type { WaterfallStep } from '#server/domain/broadcast/schema.ts';
import { PeopleLink } from './people-link.tsx';
import { isLineKey } from './people-query.ts';

type WaterfallProps = {
  steps: readonly WaterfallStep[];
  /** What the first line counts: "In Friends, Guests". Left out: its own words. */
  from?: string | undefined;
  /** The numbers are counted anew; the old ones stay, greyed. */
  isCounting?: boolean;
};

/** From everybody chosen to those who get it. The lines add up to the last one, and each leads to its people. */
export function Waterfall({ steps, from, isCounting = false }: WaterfallProps) {
  const all = steps.find(({ key }) => key === 'members')?.count ?? 0;
  return (
    <>
      <table aria-busy={isCounting} className={classNames('w-full border-collapse text-left text-table tabular-nums transition-[filter]', isCounting && 'grayscale')}>
        <caption className="sr-only">From everybody chosen to those who get the message</caption>
        <thead className="sr-only"><tr><th scope="col">Who</th><th scope="col">People</th></tr></thead>
        <tbody>
          {withBars(steps).map((step) => (
            <tr key={step.key} className={step.key === 'recipients' ? 'border-t text-body font-semibold' : undefined}>
              <th scope="row" className={classNames('pt-1.5 pr-3 pb-2 align-top font-normal', step.key === 'recipients' && 'font-semibold')}>
                <span className="block break-words">{step.key === 'members' && from ? from : step.label}</span>
                <Bar step={step} all={all} />
              </th>
              <td className="w-px pt-1.5 pb-2 text-right align-top whitespace-nowrap"><Count step={step} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {steps.at(-1)?.count === 0 ? <p className="mt-1 text-table text-muted-foreground">{all === 0 ? 'Nobody is chosen yet.' : 'Nobody will get it. The lines above say why.'}</p> : null}
    </>
  );
}

function Count({ step }: { step: WaterfallStep }) {
  const text = step.count < 0 ? `−${formatNumber(-step.count)}` : formatNumber(step.count);
  if (step.count === 0 || !isLineKey(step.key)) return text;
  return <PeopleLink people={step.key} label={`${text}: see who, ${step.label}`}>{text}</PeopleLink>;
}

type Placed = WaterfallStep & { start: number; size: number };

/** Where each bar stands: what is taken off hangs at the end of what is left. */
function withBars(steps: readonly WaterfallStep[]): Placed[] {
  let left = 0;
  return steps.map((step) => {
    if (step.key === 'recipients') return { ...step, start: 0, size: step.count };
    left += step.count;
    return { ...step, start: step.count < 0 ? left : 0, size: Math.abs(step.count) };
  });
}

function Bar({ step: { key, start, size }, all }: { step: Placed; all: number }) {
  const percent = (part: number) => `${all > 0 ? (part / all) * 100 : 0}%`;
  return (
    <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-hover">
      <span
        className={classNames('block h-full rounded-full', key === 'recipients' ? 'bg-success-fill' : key === 'members' ? 'bg-neutral-fill' : 'bg-warning-fill')}
        style={{ marginLeft: percent(start), width: percent(size), minWidth: size > 0 ? 2 : 0 }}
      />
    </span>
  );
}
