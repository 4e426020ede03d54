'use client';

import { ExternalLink } from 'lucide-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { languageName } from '#components/template/language-name.ts';
import { TemplateStatusBadge } from '#components/template/template-status.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { categoryWord } from '#server/channels/whatsapp/template.ts';
import type { PinnedView } from '#server/domain/template/schema.ts';
import { TemplateChoices } from './template-choices.tsx';
import { useTemplatePrices } from './use-template-prices.ts';

type TemplateCardProps = {
  contentSid: string | null; pinned: PinnedView | null;
  /** What the review asked for. */
  error: string | undefined;
  /** Why what is chosen cannot be sent now. */
  state: string | undefined;
  /** Somebody of the audience: their country sets the price. */
  recipient: string | null;
  onChoose: (contentSid: string | null) => void;
  /** What fills it. */
  children: ReactNode;
};

/** The approved text that may be sent to everybody at any time. */
export function TemplateCard({ contentSid, pinned, error, state, recipient, onChoose, children }: TemplateCardProps) {
  const [isOpen, setOpen] = useState(false);
  const prices = useTemplatePrices(recipient);
  const choose = (chosen: string) => { setOpen(false); if (chosen !== contentSid) onChoose(chosen); };
  return (
    <Card
      title="Template" description="For everybody, at any time. Meta approved its words."
      actions={(
        <>
          {contentSid ? <Button size="sm" variant="ghost" onClick={() => onChoose(null)}>Remove</Button> : null}
          <Sheet
            title="Choose a template" description="Only approved ones can be sent." open={isOpen} onOpenChange={setOpen}
            trigger={<Button id="templateSid" size="sm" variant={contentSid ? 'secondary' : 'primary'} aria-describedby={error ? 'templateSid-error' : undefined} onClick={() => setOpen(true)}>{contentSid ? 'Change…' : 'Choose a template…'}</Button>}
          >
            <TemplateChoices chosen={contentSid} prices={prices} onChoose={choose} />
          </Sheet>
        </>
      )}
    >
      <div className="grid min-w-0 gap-4 empty:hidden">
        {error ? <p id="templateSid-error" className="text-table font-medium text-destructive"><span className="sr-only">Error: </span>{error}</p> : null}
        {state ? <Alert family="warning" title="It cannot be sent now" action={pinned ? <Link href={`/templates/${pinned.templateId}`} className="font-medium underline underline-offset-3">Open the template</Link> : null}>{state}</Alert> : null}
        {pinned ? <Chosen pinned={pinned} price={prices.of[pinned.category]} /> : null}
        {contentSid ? null : <p className="text-body text-muted-foreground">None chosen yet. <Link href="/templates" className="text-link underline underline-offset-3">All templates</Link></p>}
        {children}
      </div>
    </Card>
  );
}

function Chosen({ pinned, price }: { pinned: PinnedView; price: string }) {
  return (
    <div className="grid gap-1.5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link href={`/templates/${pinned.templateId}`} className="min-w-0 font-mono text-body font-medium break-all text-link underline underline-offset-3 pointer-coarse:py-2">{pinned.name}<ExternalLink aria-hidden className="ml-1 inline size-3.5" /></Link>
        <TemplateStatusBadge status={pinned.status} />
        <Badge>{languageName(pinned.language)}</Badge><Badge>{`Version ${pinned.number}`}</Badge>
      </p>
      <p className="text-table text-muted-foreground"><span className="font-medium text-foreground">{categoryWord[pinned.category]}.</span> {price}</p>
    </div>
  );
}
