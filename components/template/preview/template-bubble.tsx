'use client';

import { Copy, ExternalLink, FileText, Phone, Reply, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { TemplateButton } from '#server/channels/whatsapp/template.ts';
import { isRightToLeft } from '#server/channels/whatsapp/text-marks.ts';
import { MarkedText } from './marked-text.tsx';

export type BubbleText = { header: string; body: string; footer: string; media: string; buttons: readonly TemplateButton[] };

const icons: Record<TemplateButton['type'], LucideIcon> = { quick_reply: Reply, url: ExternalLink, phone: Phone, copy_code: Copy };
/** Where phones fold a text; they differ a little. */
const FOLD = 768; // characters

/** One message as a phone shows it, in our own look: header or media, text with its marks, footer, buttons. */
export function TemplateBubble({ text, language }: { text: BubbleText; language: string }) {
  const { header, body, footer, media, buttons } = text;
  return (
    <div lang={language.replace('_', '-')} dir={isRightToLeft(language) ? 'rtl' : 'ltr'} className="mr-6 max-w-full min-w-0 self-start">
      <div className="rounded-bubble rounded-bl-[4px] bg-hover px-3.5 py-2">
        {media === '' ? null : <Media address={media} />}
        {header === '' ? null : <p className="mb-1 text-body font-semibold break-words">{header}</p>}
        <Body text={body} />
        {footer === '' ? null : <p className="mt-1 text-caption break-words text-muted-foreground">{footer}</p>}
      </div>
      {buttons.length === 0 ? null : (
        <ul className="mt-1 grid grid-cols-1 gap-1">
          {buttons.map((button, index) => {
            const Icon = icons[button.type];
            return <li key={index} className="flex items-center justify-center gap-1.5 rounded-control bg-hover px-3 py-1.5 text-body font-medium text-link"><Icon aria-hidden className="size-3.5 shrink-0" /><span className="truncate">{button.title || 'No label'}</span></li>;
          })}
        </ul>
      )}
    </div>
  );
}

/** A long text is folded as on a phone; what is behind it can be read here too. */
function Body({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > FOLD;
  const shown = isLong && !isOpen ? text.slice(0, FOLD).replace(/[\ud800-\udbff]$/, '').replace(/\s+\S*$/, '') : text;
  return (
    <p className="text-body break-words whitespace-pre-wrap">
      <MarkedText text={shown} />
      {isLong ? <>{isOpen ? ' ' : '… '}<button type="button" className="font-medium text-link underline-offset-2 hover:underline pointer-coarse:py-2" onClick={() => setOpen(!isOpen)}>{isOpen ? 'Read less' : 'Read more'}</button></> : null}
    </p>
  );
}

/** The file is named, not loaded: its host would learn who writes when. */
function Media({ address }: { address: string }) {
  return (
    <p className="mb-2 flex items-center gap-2 rounded-control bg-background px-3 py-4 text-table text-muted-foreground">
      <FileText aria-hidden className="size-4 shrink-0" /><span className="min-w-0 truncate">{address.split(/[?#]/)[0]!.split('/').at(-1) || address}</span>
    </p>
  );
}
