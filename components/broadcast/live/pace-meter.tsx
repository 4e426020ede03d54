import { Progress } from '#components/ui/progress.tsx';

type PaceMeterProps = {
  /** Messages per second now; nothing while it is not known. */
  pace: number | null;
  /** Messages per second that this broadcast may have. */
  allowed: number | null;
};

const rate = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** How fast it goes beside how fast it may. */
export function PaceMeter({ pace, allowed }: PaceMeterProps) {
  return (
    <>
      <span>{pace === null ? '–' : `${rate.format(pace)} messages/s`}</span>
      {pace !== null && allowed ? <Progress className="mt-1 h-1.5 max-w-48" label="Pace against the limit" value={Math.min(pace, allowed)} max={allowed} valueText={`${rate.format(pace)} messages per second, ${rate.format(allowed)} allowed`} /> : null}
      {allowed === null ? null : <span className="mt-0.5 block text-table font-normal text-muted-foreground">of {rate.format(allowed)}/s allowed</span>}
    </>
  );
}
