import { Progress } from '#components/ui/progress.tsx';

type PaceMeterProps = {
  /** Messages per second now; nothing while it is not known. */
  pace: number | null;
  /** Segments per second that the sender may use, a decimal. */
  limit: string | null;
};

const rate = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** How fast it goes beside how fast it may. */
export function PaceMeter({ pace, limit }: PaceMeterProps) {
  const cap = limit === null ? null : Number(limit);
  return (
    <>
      <span>{pace === null ? '–' : `${rate.format(pace)} messages/s`}</span>
      {pace !== null && cap ? <Progress className="mt-1 h-1.5 max-w-48" label="Pace against the limit" value={Math.min(pace, cap)} max={cap} valueText={`${rate.format(pace)} messages per second, limit ${rate.format(cap)} segments per second`} /> : null}
      {cap === null ? null : <span className="mt-0.5 block text-table font-normal text-muted-foreground">limit {rate.format(cap)} segments/s</span>}
    </>
  );
}
