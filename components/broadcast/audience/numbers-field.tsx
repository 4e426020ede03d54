'use client';

import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Field } from '#components/ui/field.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { ReadNumbersView } from '#server/domain/audience/schema.ts';
import { MOST_NUMBERS, numbersIn } from './numbers.ts';

const TYPING = 500; // ms
type Numbers = { selectedNumbers: string[]; wrongNumbers: string[] };
type NumbersFieldProps = { value: string[]; error?: string; onChange: (numbers: Numbers) => void };

/** Numbers one by one or as they were pasted. Good ones are saved; a wrong one is named and stays in the box. */
export function NumbersField({ value, error, onChange }: NumbersFieldProps) {
  const box = useNumbers(value, onChange);
  return (
    <div className="grid gap-2">
      <Field
        id="numbers" label="Numbers" error={error ?? box.problem}
        hint="One per line, or separated by commas. A number that nobody has yet becomes a contact."
        aside={box.isReading ? <span className="inline-flex items-center gap-1.5"><Spinner className="size-3" />Reading</span> : box.summary}
      >
        <Textarea rows={5} className="font-mono" inputMode="tel" autoComplete="off" spellCheck={false} value={box.text} onChange={(event) => box.type(event.target.value)} onBlur={box.read} />
      </Field>
      <div role="status">{box.wrong.length > 0 ? <Wrong wrong={box.wrong} /> : null}</div>
    </div>
  );
}

function Wrong({ wrong }: { wrong: ReadNumbersView['wrong'] }) {
  const shown = wrong.slice(0, 10);
  return (
    <div className="text-table">
      <p className="font-medium text-destructive">{formatCount(wrong.length, 'number')} cannot be read and {wrong.length === 1 ? 'is' : 'are'} not among the recipients:</p>
      <ul className="mt-1 grid list-disc gap-1 pl-5">
        {shown.map(({ typed, problem, howToFix }, index) => <li key={`${index} ${typed}`} className="break-words">{problem} <span className="text-muted-foreground">{howToFix}</span></li>)}
      </ul>
      {wrong.length > shown.length ? <p className="mt-1 text-muted-foreground">And {wrong.length - shown.length} more.</p> : null}
    </div>
  );
}

function useNumbers(value: string[], onChange: NumbersFieldProps['onChange']) {
  const trpc = useTRPC();
  const [text, setText] = useState(() => value.join('\n'));
  const [answer, setAnswer] = useState(() => answerOf(value));
  const [readText, setReadText] = useState(text);
  const [problem, setProblem] = useState<string>();
  const ask = useMutation(trpc.audience.readNumbers.mutationOptions());
  const turn = useRef(0);
  const [known, setKnown] = useState(value);
  // Theirs were taken after a conflict, or an older version came back.
  if (known !== value) {
    setKnown(value);
    if (value.toSorted().join() !== answer.phones.toSorted().join()) { setText(value.join('\n')); setReadText(value.join('\n')); setAnswer(answerOf(value)); }
  }

  const read = async () => {
    if (text === readText) return;
    const numbers = numbersIn(text);
    if (numbers.length > MOST_NUMBERS) return setProblem(`These are ${formatCount(numbers.length, 'number')}, and at most ${formatCount(MOST_NUMBERS, 'number')} fit. Import them as a list instead.`);
    const mine = ++turn.current;
    try {
      const found = numbers.length === 0 ? answerOf([]) : await ask.mutateAsync({ numbers });
      if (mine !== turn.current) return;
      setAnswer(found);
      setReadText(text);
      setProblem(undefined);
      onChange({ selectedNumbers: found.phones, wrongNumbers: found.wrong.map(({ typed }) => typed) });
    } catch (error) {
      if (mine === turn.current) setProblem(problemMessage(error));
    }
  };
  useLater(text, read);

  const repeated = answer.repeated > 0 ? `, ${answer.repeated} twice` : '';
  return {
    text, problem, wrong: answer.wrong, isReading: text !== readText && problem === undefined, summary: `${formatCount(answer.phones.length, 'number')}${repeated}`,
    type: (next: string) => { setText(next); setProblem(undefined); },
    read: () => void read(),
  };
}

const answerOf = (phones: string[]): ReadNumbersView => ({ phones, repeated: 0, wrong: [] });

/** Does it when nobody has typed for a moment. */
function useLater(text: string, act: () => Promise<unknown>) {
  const latest = useRef(act);
  useEffect(() => { latest.current = act; });
  useEffect(() => {
    const timer = setTimeout(() => void latest.current(), TYPING);
    return () => clearTimeout(timer);
  }, [text]);
}
