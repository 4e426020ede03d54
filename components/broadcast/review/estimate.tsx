import { FinishTime } from '#components/broadcast/finish-time.tsx';
import { channelUnits } from '#components/format/channel.ts';
import { countryName } from '#components/format/country.ts';
import { formatMoney, formatMoneyRange, formatUnitPrice } from '#components/format/money.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';

type Unit = (typeof channelUnits)[BroadcastView['channel']];

/** Price and time, each with how it was worked out. */
export function Estimate({ channel, preview }: { channel: BroadcastView['channel']; preview: PreviewView }) {
  const unit = channelUnits[channel];
  const { estimate, segments, pace, recipients } = preview;
  return (
    <dl className="grid gap-4">
      <div>
        <dt className="text-table text-muted-foreground">Estimated cost</dt>
        <dd className="figures text-h1 font-semibold">{recipients > 0 ? formatMoneyRange(estimate.low, estimate.high, estimate.currency) : '–'}</dd>
        {recipients > 0 ? (
          <dd className="text-table text-muted-foreground tabular-nums">
            Most likely {formatMoney(estimate.amount, estimate.currency)}: {formatCount(segments.total, unit)} × {formatUnitPrice(estimate.perSegment, estimate.currency)}, by {estimate.source}.
          </dd>
        ) : null}
        {recipients > 0 ? <dd><Reasons estimate={estimate} unit={unit} /></dd> : null}
      </div>
      <div>
        <dt className="text-table text-muted-foreground">Time to send</dt>
        <dd className="text-reading font-semibold tabular-nums">{pace && recipients > 0 ? <FinishTime seconds={preview.seconds} /> : '–'}</dd>
        {pace && recipients > 0 ? (
          <dd className="text-table text-muted-foreground tabular-nums">
            {formatCount(Number(pace.segmentsPerSecond), unit)} per second → {formatCount(recipients, 'message')}{lengthWords[unit](segments)}: {pace.source}.
          </dd>
        ) : null}
      </div>
    </dl>
  );
}

/** A channel that counts messages has nothing to say about their length. */
const lengthWords: Record<Unit, (segments: PreviewView['segments']) => string> = { segment: (segments) => ` of ${lengthOf(segments)}`, message: () => '' };
const unitWords: Record<Unit, string> = { segment: 'Segments', message: 'Messages' };

const lengthOf = ({ shortest, longest }: PreviewView['segments']) => (shortest === longest ? formatCount(longest, 'segment') : `${formatNumber(shortest)} to ${formatCount(longest, 'segment')}`);

/** Why it is a range, and what each country costs. */
function Reasons({ estimate, unit }: { estimate: PreviewView['estimate']; unit: Unit }) {
  return (
    <details className="group mt-1.5">
      <summary className="w-fit cursor-pointer rounded-control py-0.5 text-table font-medium text-link pointer-coarse:py-3">How it is worked out</summary>
      <ul className="mt-1.5 grid list-disc gap-1 pl-4 text-table text-muted-foreground">
        {estimate.reasons.map((reason) => <li key={reason}>{reason}</li>)}
      </ul>
      {estimate.byCountry.length > 0 ? <Countries estimate={estimate} unit={unit} /> : null}
    </details>
  );
}

function Countries({ estimate: { byCountry, currency }, unit }: { estimate: PreviewView['estimate']; unit: Unit }) {
  return (
    <table className="mt-3 w-full border-collapse text-left text-table tabular-nums">
      <caption className="sr-only">Cost by country</caption>
      <thead>
        <tr className="border-b text-muted-foreground">
          <th scope="col" className="py-1 pr-2 font-normal">Country</th>
          <th scope="col" className="py-1 pr-2 text-right font-normal">{unitWords[unit]}</th>
          <th scope="col" className="py-1 pr-2 text-right font-normal">Each</th>
          <th scope="col" className="py-1 text-right font-normal">Likely</th>
        </tr>
      </thead>
      <tbody>
        {byCountry.map((country) => (
          <tr key={country.country} className="border-b last:border-0">
            <th scope="row" className="py-1 pr-2 font-normal">{nameOf(country.country)}{country.isOwnPrice ? <span className="block text-caption text-muted-foreground">your own price</span> : null}</th>
            <td className="py-1 pr-2 text-right">{formatNumber(country.segments)}</td>
            <td className="py-1 pr-2 text-right">{formatUnitPrice(country.perSegment, currency)}</td>
            <td className="py-1 text-right">{formatMoney(country.amount, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** ZZ: a number whose country is not known. */
const nameOf = (country: string) => (country === 'ZZ' ? 'Elsewhere' : countryName(country));
