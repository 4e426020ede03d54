import { diffWordsWithSpace } from 'diff';

type Texts = { before: string; after: string };

/** What was taken out and what was put in, word by word, in one text. */
export function TextDiff({ before, after }: Texts) {
  return (
    <p className="text-body break-words whitespace-pre-wrap">
      {diffWordsWithSpace(before, after).map((part, i) => {
        if (part.added) return <Put key={i} text={part.value} />;
        return part.removed ? <Taken key={i} text={part.value} /> : <span key={i}>{part.value}</span>;
      })}
    </p>
  );
}

/** One of two texts, with the words marked that the other does not have. */
export function OwnWords({ text, other }: { text: string; other: string }) {
  return <>{diffWordsWithSpace(other, text).filter((part) => !part.removed).map((part, i) => (part.added ? <Put key={i} text={part.value} /> : <span key={i}>{part.value}</span>))}</>;
}

const Put = ({ text }: { text: string }) => <ins className="rounded-[3px] bg-success-tint text-success-text decoration-2 underline-offset-2">{text}</ins>;
const Taken = ({ text }: { text: string }) => <del className="rounded-[3px] bg-danger-tint text-danger-text">{text}</del>;
