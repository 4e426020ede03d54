'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { TemplateDraft } from '#server/channels/whatsapp/rules/fault.ts';
import { fillIn, toNumbered } from '#server/channels/whatsapp/mapping.ts';
import { textsOf } from '#server/channels/whatsapp/authentication.ts';
import type { PinnedTemplate } from '#server/channels/whatsapp/template.ts';
import type { BubbleText } from '#components/template/preview/template-bubble.tsx';
import type { Rules } from './use-rules.ts';

const PEOPLE = 20;

/** The message of one real contact. Where the contact has no value and the template no fallback, the sample stands, and is named. */
export function useRecipient(draft: TemplateDraft, rules: Rules | null) {
  const { data } = useQuery(useTRPC().contact.list.queryOptions({ ps: PEOPLE }, { staleTime: 60_000 }));
  const [position, setPosition] = useState(0);
  const people = data?.data ?? [];
  const index = Math.min(position, Math.max(0, people.length - 1));
  const contact = people[index];
  const { phone = null, email = null, firstName = null, lastName = null, fields = {} } = contact ?? {};
  const { text, sampled } = messageOf(draft, rules, { phone, email, firstName, lastName, fields });
  return {
    text, sampled, index, count: people.length, name: contact ? [firstName, lastName].filter(Boolean).join(' ') || (phone ? formatPhone(phone) : 'No name') : 'Samples', isReal: contact !== undefined,
    step: (by: number) => setPosition((index + by + people.length) % Math.max(1, people.length)),
  };
}

type Contact = Parameters<Rules['renderTemplate']>[2]['contact'];

function messageOf(draft: TemplateDraft, rules: Rules | null, contact: Contact): { text: BubbleText; sampled: string[] } {
  const { content, positions } = toNumbered(draft.content);
  const sample = (number: string) => draft.variables[positions[Number(number) - 1] ?? '']?.sample || `{{${number}}}`;
  let values: Record<string, string> = {};
  let sampled = positions;
  try {
    if (rules) ({ values, sampled } = valuesOf(draft, rules, contact));
  } catch { /* an expression that is not finished: the checklist names it, and the samples stand */ }
  const fill = (part: string) => fillIn(part, (number) => values[number] || sample(number));
  const { header, body, footer } = textsOf(content);
  return { text: { header: fill(header), body: fill(body), footer: fill(footer), media: fill(content.media), buttons: content.buttons }, sampled };
}

function valuesOf(draft: TemplateDraft, { renderTemplate }: Rules, contact: Contact): { values: Record<string, string>; sampled: string[] } {
  const { content, positions } = toNumbered(draft.content);
  const pinned: PinnedTemplate = { contentSid: '', name: draft.name, language: draft.language, status: 'draft', category: draft.category, content, positions, variables: draft.variables };
  const { values } = renderTemplate(pinned, null, { contact, data: {} });
  return { values, sampled: positions.filter((_, position) => values[String(position + 1)] === '') };
}
