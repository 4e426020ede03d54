'use client';

import { useId, useRef, useState, type ComponentProps, type KeyboardEvent, type RefObject } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { Textarea } from '#components/ui/textarea.tsx';
import { matchingEmoji, openEmojiName } from './emoji.ts';
import { matchingFields, openPlaceholder, type FieldOption } from './field-options.ts';
import { useEmoji } from './use-emoji.ts';
import { useHydrated } from './use-hydrated.ts';

type MessageTextProps = {
  value: string;
  onChange: (content: string) => void;
  onBlur: () => void;
  options: FieldOption[];
  /** Names in placeholders that are no field. */
  unknown?: string[];
  /** Further places with a look of their own; none reaches into another. */
  marks?: readonly TextMark[];
  /** After a colon and two letters emoji are offered. */
  hasEmoji?: boolean;
  ref: RefObject<HTMLTextAreaElement | null>;
  /** Of the text, such as its least height. */
  className?: string;
} & Pick<ComponentProps<'textarea'>, 'lang' | 'dir' | 'onKeyDown' | 'rows' | 'placeholder' | 'aria-label' | 'id'>;

/** Characters of a text that look different: a fault, a warning, or a field. */
export type TextMark = { from: number; to: number; look: 'fault' | 'warning' | 'chip' };

// The mirror lies under the text and must break its lines in the same places.
const shared = 'px-3 py-2 whitespace-pre-wrap break-words [scrollbar-gutter:stable]';

/** The text with unknown fields underlined; after a { the fields that fit are offered, without taking the cursor away. */
export function MessageText({ value, onChange, onBlur, options, unknown = [], marks = [], hasEmoji = false, ref, className, onKeyDown, ...rest }: MessageTextProps) {
  const listId = useId();
  const isHydrated = useHydrated();
  const mirror = useRef<HTMLDivElement>(null);
  const { kind, offered, active, look, close, onKey, pick } = useSuggestions({ value, options, hasEmoji, ref, onChange });
  const isOpen = offered.length > 0;
  return (
    <div className="relative">
      <div className="relative">
        <div ref={mirror} aria-hidden className={classNames('text-entry pointer-events-none absolute inset-0 overflow-hidden rounded-control border border-transparent bg-background [color:transparent]', shared)}>
          {piecesOf(value, [...unknownMarks(value, unknown), ...marks]).map(({ text, look }, i) => (look ? <mark key={i} className={classNames('[color:transparent]', looks[look])}>{text}</mark> : text))}{'\u200b'}
        </div>
        <Textarea
          // Off: after a reload the browser would put back what was typed, and the page would not know of it. The local copy brings it back instead.
          autoComplete="off"
          ref={ref} value={value} maxLength={10_000} readOnly={!isHydrated}
          {...rest} className={classNames('relative block min-h-36 bg-transparent [&[readonly]]:bg-transparent', shared, className)}
          aria-autocomplete="list" aria-controls={isOpen ? listId : undefined} aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
          onChange={(event) => { onChange(event.target.value); look(event.target); }}
          onKeyDown={(event) => { if (!onKey(event)) onKeyDown?.(event); }} onSelect={(event) => look(event.currentTarget)}
          onScroll={(event) => { if (mirror.current) mirror.current.scrollTop = event.currentTarget.scrollTop; }}
          onBlur={() => { close(); onBlur(); }}
        />
      </div>
      {isOpen ? (
        <div id={listId} role="listbox" aria-label={kind === 'emoji' ? 'Emoji' : 'Fields'} className="absolute top-full left-0 z-20 mt-1 max-h-56 w-72 max-w-full overflow-y-auto rounded-card border bg-overlay p-1 shadow-overlay">
          {offered.map((option, i) => (
            // The cursor stays in the text: keys go there, and a press must not take it away.
            <div key={option.placeholder} id={`${listId}-${i}`} role="option" aria-selected={i === active} onPointerDown={(event) => { event.preventDefault(); pick(option); }} className={classNames('cursor-default rounded-control px-2.5 py-1 text-body pointer-coarse:py-2.5', i === active && 'bg-hover')}>
              <span className="block truncate">{option.label}</span>
              {kind === 'emoji' ? null : <span className="block truncate font-mono text-caption text-muted-foreground">{option.placeholder}</span>}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}

type SuggestionsInput = Pick<MessageTextProps, 'value' | 'options' | 'ref' | 'onChange'> & { hasEmoji: boolean };
const MOST_EMOJI = 8;

/** Which fields fit what stands between the last { and the cursor, or which emoji what stands behind a colon. */
function useSuggestions({ value, options, hasEmoji, ref, onChange }: SuggestionsInput) {
  const [cursor, setCursor] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const field = cursor === null ? null : openPlaceholder(value, cursor);
  const name = cursor === null || !hasEmoji ? null : openEmojiName(value, cursor);
  const emoji = useEmoji(name !== null);
  const open = field ?? name;
  const offered = field ? matchingFields(options, field.typed) : matchingEmoji(name ? emoji ?? [] : [], name?.typed ?? '', MOST_EMOJI).map((each): FieldOption => ({ name: each.name, label: `${each.text} ${each.name}`, placeholder: each.text }));
  const close = () => setCursor(null);
  const pick = ({ placeholder }: FieldOption) => {
    if (!open || cursor === null) return;
    const rest = field ? value.slice(cursor).replace(/^\s*\}{1,2}/, '') : value.slice(cursor);
    onChange(value.slice(0, open.from) + placeholder + rest);
    close();
    const end = open.from + placeholder.length;
    setTimeout(() => ref.current?.setSelectionRange(end, end), 0);
  };
  const onKey = (event: KeyboardEvent) => {
    if (offered.length === 0 || event.metaKey || event.ctrlKey || event.altKey) return false;
    const move = (by: number) => setActive((active + by + offered.length) % offered.length);
    const acts: Record<string, () => void> = {
      ArrowDown: () => move(1), ArrowUp: () => move(-1), Escape: close, Enter: () => { const chosen = offered[active]; if (chosen) pick(chosen); },
    };
    const act = acts[event.key];
    if (!act) return false;
    event.preventDefault();
    event.stopPropagation();
    act();
    return true;
  };
  // Only while the cursor stands still in one place is there a placeholder to finish; a selection is none.
  const look = ({ selectionStart, selectionEnd, value: text }: HTMLTextAreaElement) => {
    const isOpen = openPlaceholder(text, selectionStart) !== null || (hasEmoji && openEmojiName(text, selectionStart) !== null);
    const at = selectionStart === selectionEnd && isOpen ? selectionStart : null;
    if (at !== cursor) { setCursor(at); setActive(0); }
  };
  return { kind: field ? 'field' : 'emoji', offered, active: Math.min(active, Math.max(0, offered.length - 1)), look, close, onKey, pick };
}

const underline = 'underline decoration-wavy decoration-2 underline-offset-2';
const looks: Record<TextMark['look'], string> = {
  fault: `bg-danger-tint decoration-destructive ${underline}`, warning: `bg-warning-tint decoration-warning-fill ${underline}`, chip: 'rounded-[3px] bg-selected',
};

/** The text in pieces, so that put together they are the text. A mark that reaches into the one before it is left out. */
function piecesOf(text: string, marks: readonly TextMark[]): { text: string; look: TextMark['look'] | null }[] {
  const pieces: { text: string; look: TextMark['look'] | null }[] = [];
  let from = 0;
  for (const mark of marks.toSorted((one, other) => one.from - other.from)) {
    if (mark.from < from || mark.to <= mark.from) continue;
    pieces.push({ text: text.slice(from, mark.from), look: null }, { text: text.slice(mark.from, mark.to), look: mark.look });
    from = mark.to;
  }
  return [...pieces, { text: text.slice(from), look: null }];
}

function unknownMarks(text: string, unknown: string[]): TextMark[] {
  if (unknown.length === 0) return [];
  const name = new RegExp(`(\\{\\{-?\\s*(?:contact\\.)?)(${unknown.map((each) => each.replace(/[$.*+?^()|[\]{}\\]/g, '\\$&')).join('|')})(?![\\w.])`, 'g');
  return [...text.matchAll(name)].map((found) => ({ from: found.index + found[1]!.length, to: found.index + found[0].length, look: 'fault' }));
}
