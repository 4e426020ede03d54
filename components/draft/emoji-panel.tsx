'use client';

import { Search } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { matchingEmoji, type Emoji } from './emoji.ts';
import { useEmoji } from './use-emoji.ts';

const COLUMNS = 8;
const MOST = 400; // the largest group has fewer

export type EmojiPanelProps = { onPick: (emoji: string) => void; /** What an emoji does to this message. */ note?: ReactNode };

/** All emoji, by group or by name. */
export function EmojiPanel({ onPick, note }: EmojiPanelProps) {
  const emoji = useEmoji(true);
  const [search, setSearch] = useState('');
  const [group, setGroup] = useState('Smileys & Emotion');
  if (!emoji) return <p className="flex items-center gap-2 text-muted-foreground"><Spinner />Loading emoji</p>;
  const groups = [...new Set(emoji.map((each) => each.group))];
  const shown = search.trim() ? matchingEmoji(emoji, search, MOST) : emoji.filter((each) => each.group === group);
  return (
    <div className="grid gap-2">
      {note ? <p className="text-caption text-muted-foreground">{note}</p> : null}
      <Input type="search" aria-label="Search emoji" placeholder="Search, like party" prefixIcon={<Search />} autoComplete="off" value={search} onChange={(event) => setSearch(event.target.value)} />
      {search.trim() ? null : (
        <Select aria-label="Group of emoji" value={group} onChange={(event) => setGroup(event.target.value)}>
          {groups.map((each) => <option key={each}>{each}</option>)}
        </Select>
      )}
      {shown.length > 0 ? <Grid key={search.trim() || group} emoji={shown} onPick={onPick} /> : <p className="py-2 text-muted-foreground">No emoji has this name.</p>}
    </div>
  );
}

/** One stop for Tab; arrows move inside. */
function Grid({ emoji, onPick }: { emoji: readonly Emoji[]; onPick: (emoji: string) => void }) {
  const grid = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(emoji.length - 1, Math.max(0, active + step));
    setActive(next);
    grid.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div ref={grid} role="group" aria-label="Emoji" onKeyDown={onKeyDown} className="grid max-h-56 grid-cols-8 overflow-y-auto">
      {emoji.map(({ text, name }, index) => (
        <button key={text} type="button" tabIndex={index === active ? 0 : -1} aria-label={name} title={name} onClick={() => onPick(text)} className="flex aspect-square items-center justify-center rounded-control text-h2 hover:bg-hover">
          {text}
        </button>
      ))}
    </div>
  );
}
