'use client';

import { useQuery } from '@tanstack/react-query';
import { SendHorizontal } from 'lucide-react';
import { useState } from 'react';
import { bubbleOf } from '#components/broadcast/content/whatsapp/bubble-of.ts';
import { TemplateChoices } from '#components/broadcast/content/whatsapp/template-choices.tsx';
import { useTemplatePrices } from '#components/broadcast/content/whatsapp/use-template-prices.ts';
import { usePinned } from '#components/broadcast/use-pinned.ts';
import { languageName } from '#components/template/language-name.ts';
import { TemplateBubble } from '#components/template/preview/template-bubble.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { cleanValue } from '#server/channels/whatsapp/render.ts';
import { categoryWord, positionsOfPinned } from '#server/channels/whatsapp/template.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import type { PinnedView } from '#server/domain/template/schema.ts';
import { prefill } from './prefill.ts';
import { changeReplyDraft, replyDraft, useReplyDraft } from './reply-draft.ts';
import type { Send } from './use-send.ts';

type TemplateAnswerProps = { conversation: ConversationView; send: Send; onSent: () => void };

/** An approved text instead of free words: chosen, filled with what is known and what was typed, and sent. */
export function TemplateAnswer({ conversation, send, onSent }: TemplateAnswerProps) {
  const { id, recipient, contact: known } = conversation;
  const { template } = useReplyDraft(id);
  const prices = useTemplatePrices(recipient);
  const pinned = usePinned(template?.sid ?? null);
  const contact = useQuery(useTRPC().contact.read.queryOptions({ id: known?.id ?? '' }, { enabled: known !== null }));
  const choose = (sid: string | null) => changeReplyDraft(id, { template: sid === null ? null : { sid, values: {} } });
  if (!template) return <TemplateChoices chosen={null} prices={prices} onChoose={choose} />;
  if (pinned === null) return <Alert family="warning" title="This template is gone" action={<Button size="sm" onClick={() => choose(null)}>Choose another</Button>}>It was deleted, here or at Twilio.</Alert>;
  if (!pinned || (known && contact.isPending)) return <SkeletonGroup label="Loading the template" className="grid gap-2"><Skeleton /><Skeleton className="h-16" /></SkeletonGroup>;
  return <Filling key={template.sid} conversation={conversation} pinned={pinned} contact={contact.data ?? null} price={prices.of[pinned.category]} send={send} onSent={onSent} onOther={() => choose(null)} />;
}

type FillingProps = TemplateAnswerProps & { pinned: PinnedView; contact: ContactView | null; price: string; onOther: () => void };

function Filling({ conversation: { id }, pinned, contact, price, send, onSent, onOther }: FillingProps) {
  const { text, template } = useReplyDraft(id);
  const [isTried, setTried] = useState(false);
  const positions = positionsOfPinned(pinned);
  const values = { ...prefill(pinned, contact, text), ...template?.values };
  const isEmpty = (number: string) => (values[number] ?? '').trim() === '';
  const write = (number: string, value: string) => changeReplyDraft(id, { template: { sid: pinned.contentSid, values: { ...replyDraft(id).template?.values, [number]: value } } });
  const submit = () => {
    setTried(true);
    if (positions.some(isEmpty)) return;
    const cleaned = Object.fromEntries(positions.map((number) => [number, cleanValue(values[number] ?? '')]));
    const { header, body, footer } = bubbleOf({ method: 'template', text: '', values: cleaned }, pinned, []);
    const isTextUsed = text.trim() !== '' && Object.values(cleaned).includes(cleanValue(text));
    send.send({ reply: { text: '', templateSid: pinned.contentSid, templateVariables: cleaned }, words: [header, body, footer].filter(Boolean).join('\n') }, isTextUsed);
    onSent();
  };
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }} className="grid gap-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <span className="min-w-0"><span className="font-mono text-body font-medium break-all">{pinned.name}</span> <span className="text-table text-muted-foreground">{languageName(pinned.language)} · {categoryWord[pinned.category]}. {price}</span></span>
        <Button size="sm" variant="link" onClick={onOther}>Another template</Button>
      </p>
      <div className="flex flex-col"><TemplateBubble text={bubbleOf({ method: 'template', text: '', values: Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== '')) }, pinned, [])} language={pinned.language} /></div>
      {positions.length > 0 ? (
        <div className="grid gap-3 sm:grid-cols-2">
          {positions.map((number) => (
            <Field key={number} label={`{{${number}}} ${pinned.positions[Number(number) - 1] ?? ''}`.trim()} error={isTried && isEmpty(number) ? 'Fill this in.' : undefined}>
              <Input value={values[number] ?? ''} maxLength={1_024} autoComplete="off" placeholder={pinned.variables[pinned.positions[Number(number) - 1] ?? '']?.sample ?? ''} onChange={(event) => write(number, event.target.value)} />
            </Field>
          ))}
        </div>
      ) : null}
      <div className="flex justify-end"><Button type="submit" variant="primary" icon={<SendHorizontal aria-hidden />}>Send template</Button></div>
    </form>
  );
}
