'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { broadcastLook } from '#components/broadcast/broadcast-status.tsx';
import { formatCount } from '#components/format/number.ts';
import { formatMonth } from '#components/ledger/month-query.ts';
import { classNames } from '#components/ui/class-names.ts';
import { familyFill } from '#components/ui/family.ts';
import type { CalendarView } from '#server/domain/broadcast/schema.ts';
import { calendarHref, dayAfterKey, dayWords, weekdays, weeksOf } from './month.ts';

type Entry = CalendarView['entries'][number];
type MonthGridProps = { view: CalendarView; day: string | null; onDay: (day: string) => void };

const SHOWN = 3;
const linkId = (day: string) => `day-${day}`;

/** A month as a table: one stop of Tab, arrows walk over the days, Enter shows the broadcasts of one beside it. */
export function MonthGrid({ view, day, onDay }: MonthGridProps) {
  const { month, today, entries } = view;
  const onKeyDown = useGridKeys(month);
  const byDay = Map.groupBy(entries, (entry) => entry.day);
  const entrance = day ?? (today.startsWith(month) ? today : `${month}-01`);
  return (
    <table onKeyDown={onKeyDown} className="w-full table-fixed border-collapse">
      <caption className="sr-only">Days of {formatMonth(month)}. Arrow keys walk over them, Enter shows the broadcasts of one.</caption>
      <thead>
        <tr>{weekdays.map((name) => <th key={name} scope="col" abbr={name} className="h-8 border-b text-center text-caption font-medium text-muted-foreground sm:px-2 sm:text-left">{name.slice(0, 3)}</th>)}</tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week, index) => (
          <tr key={week.find(Boolean) ?? index} className="border-b last:border-b-0">
            {week.map((each, column) => (each
              ? <Day key={each} day={each} entries={byDay.get(each) ?? []} isToday={each === today} isSelected={each === day} isEntrance={each === entrance} onDay={onDay} />
              : <td key={weekdays[column]} className="border-r bg-surface last:border-r-0" />))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DayProps = { day: string; entries: Entry[]; isToday: boolean; isSelected: boolean; isEntrance: boolean; onDay: (day: string) => void };

function Day({ day, entries, isToday, isSelected, isEntrance, onDay }: DayProps) {
  const choose = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onDay(day);
  };
  return (
    <td data-selected={isSelected || undefined} className="relative h-14 border-r p-0 align-top last:border-r-0 hover:bg-surface data-selected:bg-selected sm:h-24">
      <a
        id={linkId(day)} href={calendarHref(day.slice(0, 7), day)} onClick={choose} tabIndex={isEntrance ? 0 : -1} aria-current={isSelected ? 'true' : isToday ? 'date' : undefined}
        aria-label={`${dayWords(day)}, ${entries.length === 0 ? 'no broadcast' : formatCount(entries.length, 'broadcast')}`}
        className="flex justify-center pt-1 after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring sm:justify-start sm:px-1.5"
      >
        <span className={classNames('inline-flex size-6 items-center justify-center rounded-full text-table tabular-nums', isToday && 'bg-primary font-semibold text-on-primary')}>{Number(day.slice(8))}</span>
      </a>
      {entries.length > 0 ? <span aria-hidden className="mt-1 flex justify-center gap-1 sm:hidden">{entries.slice(0, SHOWN).map((entry) => <Dot key={entry.id} entry={entry} />)}</span> : null}
      <ul className="grid gap-0.5 px-2 pb-1.5 max-sm:hidden">
        {entries.slice(0, SHOWN).map((entry) => (
          <li key={entry.id} className="flex min-w-0 items-center gap-1 text-caption"><Dot entry={entry} /><span className="truncate">{entry.name}</span></li>
        ))}
        {entries.length > SHOWN ? <li className="text-caption text-muted-foreground">{entries.length - SHOWN} more</li> : null}
      </ul>
    </td>
  );
}

const Dot = ({ entry }: { entry: Entry }) => <span aria-hidden title={broadcastLook[entry.status].word} className={classNames('size-1.5 shrink-0 rounded-full', familyFill[broadcastLook[entry.status].family])} />;

/** Moves the focus by the keys of a calendar; where they lead out of the month, the other month comes and takes the focus. */
function useGridKeys(month: string) {
  const router = useRouter();
  const goal = useRef<string | null>(null);
  useEffect(() => {
    if (!goal.current?.startsWith(month)) return;
    document.getElementById(linkId(goal.current))?.focus();
    goal.current = null;
  }, [month]);
  return (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || !(event.target instanceof HTMLElement) || !event.target.id.startsWith('day-')) return;
    const next = dayAfterKey(event.target.id.slice('day-'.length), event.key);
    if (!next) return;
    event.preventDefault();
    if (next.startsWith(month)) return document.getElementById(linkId(next))?.focus();
    goal.current = next;
    router.push(calendarHref(next.slice(0, 7)), { scroll: false });
  };
}
