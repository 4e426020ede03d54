'use client';

import Link from 'next/link';
import { deliveriesHref } from '#components/broadcast/delivery-states.ts';
import { usePinned } from '#components/broadcast/use-pinned.ts';
import { languageName } from '#components/template/language-name.ts';
import { Card } from '#components/ui/card.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

/** What was written: a text, a template, or both. */
export function SentMessage({ broadcast: { id, content, mediaUrls, templateSid } }: { broadcast: Pick<BroadcastView, 'id' | 'content' | 'mediaUrls' | 'templateSid'> }) {
  const pinned = usePinned(templateSid);
  const isText = content.trim() !== '' || mediaUrls.length > 0;
  return (
    <Card title="Message">
      <div className="grid gap-4">
        {templateSid ? (
          <section className="grid gap-1.5">
            <p className="text-body">
              <Method id={id} isLinked={isText} method="template">Template</Method>{' '}
              {pinned ? <><Link href={`/templates/${pinned.templateId}`} className="font-mono font-medium break-all text-link underline underline-offset-3">{pinned.name}</Link> <span className="text-muted-foreground">{languageName(pinned.language)}, version {pinned.number}</span></> : <code className="font-mono break-all">{templateSid}</code>}
            </p>
            {pinned ? <p dir="auto" className="text-body break-words whitespace-pre-wrap">{[pinned.content.header, pinned.content.body, pinned.content.footer].filter(Boolean).join('\n\n')}</p> : null}
          </section>
        ) : null}
        {isText ? (
          <section className="grid gap-1.5">
            {templateSid ? <p className="text-body"><Method id={id} isLinked method="freeform">Within 24 hours</Method></p> : null}
            <p className="text-body break-words whitespace-pre-wrap">{content}</p>
            {mediaUrls.map((url) => <p key={url} className="text-table break-all text-muted-foreground">{url}</p>)}
          </section>
        ) : null}
      </div>
    </Card>
  );
}

/** Where there are two kinds of message, each leads to its rows. */
function Method({ id, isLinked, method, children }: { id: string; isLinked: boolean; method: string; children: string }) {
  if (!isLinked) return <span className="font-medium">{children}</span>;
  return <Link href={deliveriesHref(id, { search: `method:${method}` })} className="font-medium text-link underline underline-offset-3 pointer-coarse:py-3">{children}<span className="sr-only">: show these messages</span></Link>;
}
