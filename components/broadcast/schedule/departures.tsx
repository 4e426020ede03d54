import { Moon } from 'lucide-react';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { formatMoment } from '#components/format/time.ts';
import { Badge } from '#components/ui/badge.tsx';
import type { DeparturesView } from '#server/domain/time-zone/schema.ts';
import { placeOf } from './zone.ts';

const FIRST = 6;

/** Who gets it when, zone by zone, on their clock and on the reader's. */
export function Departures({ view, zone }: { view: DeparturesView; zone: string }) {
  const now = new Date();
  const shown = view.departures.length > FIRST + 1 ? view.departures.slice(0, FIRST) : view.departures;
  const others = view.departures.slice(shown.length);
  const clock = (at: string, of: string) => formatMoment(new Date(at), { zone: of, now });
  return (
    <table className="w-full text-table tabular-nums">
      <caption className="sr-only">When the messages leave</caption>
      <thead className="text-left text-muted-foreground">
        <tr><th scope="col" className="pb-1 font-normal">Where</th><th scope="col" className="pb-1 font-normal">Their clock</th><th scope="col" className="pb-1 font-normal max-sm:hidden">{zone === 'UTC' ? 'UTC' : placeOf(zone)}</th><th scope="col" className="pb-1 text-right font-normal">People</th></tr>
      </thead>
      <tbody>
        {shown.map(({ zone: theirs, at, people, isQuiet, rule }) => (
          <tr key={`${theirs} ${at} ${rule}`} className="border-t align-top">
            <td className="py-1.5 pr-3">{theirs ? placeOf(theirs) : 'Zone not sure'}</td>
            <td className="py-1.5 pr-3">
              {theirs ? clock(at, theirs) : <span className="text-muted-foreground">{clock(at, zone)} in {placeOf(zone)}</span>}
              {isQuiet ? <Badge className="max-sm:mt-0.5 sm:ml-2"><Moon aria-hidden />after quiet hours</Badge> : null}
              {rule ? <span className="block text-caption text-muted-foreground">By the hours of {rule}</span> : null}
            </td>
            <td className="py-1.5 pr-3 text-muted-foreground max-sm:hidden">{clock(at, zone)}</td>
            <td className="py-1.5 text-right">{formatNumber(people)}</td>
          </tr>
        ))}
      </tbody>
      {others.length > 0 ? (
        <tfoot>
          <tr className="border-t"><td colSpan={2} className="py-1.5 text-muted-foreground">{formatCount(others.length, 'more group')} until {clock(others.at(-1)!.at, zone)} in {placeOf(zone)}</td><td className="max-sm:hidden" /><td className="py-1.5 text-right">{formatNumber(others.reduce((sum, { people }) => sum + people, 0))}</td></tr>
        </tfoot>
      ) : null}
    </table>
  );
}
