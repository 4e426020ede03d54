'use client';

import type { MessageCardsProps } from '#components/broadcast/content/content-panel.ts';
import { FreeformCard } from './freeform-card.tsx';
import { MappingTable } from './mapping-table.tsx';
import { TemplateCard } from './template-card.tsx';

/** The template that everybody may get, what fills it, and the message for people who wrote within 24 hours. */
export function WhatsappMessage({ broadcast, draft, text, channel, pinned, errorOf, preview }: MessageCardsProps) {
  const problems = channel?.problems(text) ?? [];
  const faultOf = (field: string) => problems.find((problem) => problem.field === field && problem.code !== 'empty')?.message;
  const choose = (templateSid: string | null) => { draft.change({ templateSid, templateVariables: null }); void draft.save(); };
  const state = text.templateSid === null || pinned ? faultOf('templateSid') : undefined;
  return (
    <>
      <TemplateCard contentSid={text.templateSid} pinned={pinned} error={errorOf('templateSid')} state={state} recipient={preview?.samples[0]?.recipient ?? null} onChoose={choose}>
        {pinned ? <MappingTable broadcastId={broadcast.id} pinned={pinned} text={text} fault={faultOf('templateVariables')} onChange={draft.change} onBlur={() => void draft.save()} /> : null}
      </TemplateCard>
      <FreeformCard text={text} fault={text.content.trim() === '' ? undefined : faultOf('content')} preview={preview} onChange={draft.change} onBlur={() => void draft.save()} />
    </>
  );
}
