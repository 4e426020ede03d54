import { Fragment } from 'react';
import { parseMarks, type Mark } from '#server/channels/whatsapp/text-marks.ts';

/** WhatsApp's marks as elements; the text itself is never read as HTML. */
export const MarkedText = ({ text }: { text: string }) => <Marks marks={parseMarks(text)} />;

function Marks({ marks }: { marks: Mark[] }) {
  return <>{marks.map((mark, index) => <Fragment key={index}><One mark={mark} /></Fragment>)}</>;
}

function One({ mark }: { mark: Mark }) {
  switch (mark.type) {
    case 'text': return mark.text;
    case 'mono': return <code className="font-mono">{mark.text}</code>;
    // A link to look at: the phone opens it, the preview does not.
    case 'link': return <span className="text-link underline underline-offset-2">{mark.text}</span>;
    case 'bold': return <strong><Marks marks={mark.children} /></strong>;
    case 'italic': return <em><Marks marks={mark.children} /></em>;
    case 'strike': return <s><Marks marks={mark.children} /></s>;
  }
}
