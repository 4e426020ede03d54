import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { familyFill, familyIcon, familyInk, type Family } from './family.ts';

type ProgressProps = {
  label: string;
  value: number;
  max: number;
  /** Read out instead of the percentage: "820 of 1,204 sent". */
  valueText?: string;
  className?: string;
};

export function Progress({ label, value, max, valueText, className }: ProgressProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={valueText}
      className={classNames('h-2 overflow-hidden rounded-full bg-hover forced-colors:border', className)}
    >
      <div className="h-full rounded-full bg-primary transition-[width] duration-150 forced-colors:bg-[Highlight]" style={{ width: `${share * 100}%` }} />
    </div>
  );
}

export type ProgressSegment = {
  family: Family;
  label: string;
  value: number;
  /** The value as shown, when it is more than the bare number: "1,100 · 91%". */
  text?: ReactNode;
  href?: string;
};

type SegmentedProgressProps = {
  label: string;
  segments: readonly ProgressSegment[];
  /** Whole length; the rest stays empty. Defaults to the sum. */
  total?: number;
  hideLegend?: boolean;
  className?: string;
};

/** How a whole divides into states. The legend carries the meaning; the bar is a picture of it. */
export function SegmentedProgress({ label, segments, total, hideLegend, className }: SegmentedProgressProps) {
  const shown = segments.filter((segment) => segment.value > 0);
  const sum = shown.reduce((whole, segment) => whole + segment.value, 0);
  const whole = Math.max(total ?? sum, sum, 1);
  const spoken = shown.map((segment) => `${segment.label} ${segment.value}`).join(', ');
  return (
    <div className={className}>
      <div role="img" aria-label={`${label}: ${spoken || 'nothing yet'}`} className="flex h-2.5 gap-px overflow-hidden rounded-full bg-hover forced-colors:border">
        {shown.map((segment) => (
          <div
            key={segment.label}
            className={classNames('min-w-1 transition-[flex-basis] duration-150', familyFill[segment.family])}
            style={{ flexBasis: `${(segment.value / whole) * 100}%` }}
          />
        ))}
      </div>
      {hideLegend ? null : <Legend segments={segments} />}
    </div>
  );
}

function Legend({ segments }: { segments: readonly ProgressSegment[] }) {
  return (
    <ul className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1.5 text-table">
      {segments.map((segment) => {
        const Icon = familyIcon[segment.family];
        const word = segment.href ? <a href={segment.href} className="underline-offset-3 hover:underline">{segment.label}</a> : segment.label;
        return (
          <li key={segment.label} className="inline-flex items-center gap-1.5">
            <Icon aria-hidden className={classNames('size-3.5', familyInk[segment.family])} />
            <span className="text-muted-foreground">{word}</span>
            <span className="font-medium tabular-nums">{segment.text ?? segment.value.toLocaleString('en-US')}</span>
          </li>
        );
      })}
    </ul>
  );
}
