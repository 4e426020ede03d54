import { isGsm, splitSegments } from '#server/channels/sms/segments.ts';

/** The text in the pieces in which it travels, the characters that force Unicode marked. A phone joins the pieces again. */
export function SegmentCuts({ text }: { text: string }) {
  const { cuts } = splitSegments(text);
  const pieces = [0, ...cuts].map((from, i) => text.slice(from, cuts[i] ?? text.length));
  return (
    <details className="group rounded-control border">
      <summary className="cursor-default px-3 py-1.5 text-table font-medium select-none">Where it is cut</summary>
      <ol className="grid grid-cols-1 gap-px border-t text-body">
        {pieces.map((piece, i) => (
          <li key={i} className="flex items-baseline gap-3 px-3 py-1.5 odd:bg-surface">
            <span className="w-4 shrink-0 text-right text-caption text-muted-foreground tabular-nums">{i + 1}</span>
            <span className="min-w-0 break-words whitespace-pre-wrap"><Marked text={piece} /></span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Marked({ text }: { text: string }) {
  const runs: { text: string; isMarked: boolean }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    if (last && last.isMarked === !isGsm(character)) last.text += character;
    else runs.push({ text: character, isMarked: !isGsm(character) });
  }
  return runs.map((run, i) => (run.isMarked ? <mark key={i} className="rounded-[3px] bg-warning-tint text-warning-text">{run.text}</mark> : run.text));
}
