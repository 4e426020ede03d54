import { piecesOf, toNumbered } from '#server/channels/whatsapp/mapping.ts';
import { textsOf } from '#server/channels/whatsapp/authentication.ts';
import type { TemplateButton, TemplateContent } from '#server/channels/whatsapp/template.ts';
import { isRightToLeft } from '#server/channels/whatsapp/text-marks.ts';

/** P48: the same template with numbers, as Meta gets it. Nobody types there. */
export function MetaText({ content, language }: { content: TemplateContent; language: string }) {
  const { content: numbered, positions } = toNumbered(content);
  const { header, body, footer } = textsOf(numbered);
  const parts = [['Header', header], ['Text', body], ['Footer', footer], ['Media', numbered.media]] as const;
  const shown = parts.filter(([, text]) => text !== '');
  return (
    <section aria-label="As Meta gets it" className="min-w-0 rounded-card border bg-surface p-3">
      <h3 className="text-body font-medium">As Meta gets it</h3>
      <p className="text-caption text-muted-foreground">{positions.length === 0 ? 'No variables yet.' : 'Numbered by themselves, in the order of the text.'}</p>
      <dl className="mt-2 grid grid-cols-1 gap-2">
        {shown.map(([label, text]) => (
          <div key={label}>
            <dt className="text-caption text-muted-foreground">{label}</dt>
            <dd className="text-body break-words whitespace-pre-wrap" lang={language.replace('_', '-')} dir={isRightToLeft(language) ? 'rtl' : undefined}><Numbered text={text} /></dd>
          </div>
        ))}
        {numbered.buttons.map((button, index) => (
          <div key={index}>
            <dt className="text-caption text-muted-foreground">Button {index + 1}</dt>
            <dd className="text-body break-words">{button.title} <span className="text-muted-foreground"><Numbered text={targetOf(button)} /></span></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Numbered({ text }: { text: string }) {
  return <>{piecesOf(text).map(({ text: words, expression }, index) => (expression === null ? words : <code key={index} className="rounded-[3px] bg-selected px-0.5 font-mono text-table">{words}</code>))}</>;
}

const targetOf = (button: TemplateButton): string => {
  if (button.type === 'url') return button.url;
  if (button.type === 'phone') return button.phone;
  return button.type === 'copy_code' ? button.code : '';
};
