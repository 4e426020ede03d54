'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { personName } from '#components/broadcast/person-name.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { Channel, Composed, Draft } from '#server/channels/index.ts';
import type { PinnedTemplate } from '#server/channels/whatsapp/template.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import type { DraftFields, EditedDraft } from './use-draft.ts';

type ServerSample = PreviewView['samples'][number];
/** What one person gets. `skip`: why they get nothing; `values` fill the positions of a template. */
export type SampleMessage = NonNullable<ServerSample['other']>;
/** Of one person: the message as things stand; on a channel with a window `other` is what they would get on its other side. */
export type Sample = SampleMessage & { name: string; recipient: string | null; labels: ServerSample['labels']; isReal: boolean; isWindowOpen: boolean; other: SampleMessage | null };

type SampleInput = { draft: EditedDraft; channel: Channel | null; template: PinnedTemplate | null; preview: PreviewView | undefined; isPreviewFresh: boolean };

/** The message of one recipient. The server's own rendering when it knows this text; while somebody types, the same code in the browser. */
export function useSample({ draft, channel, template, preview, isPreviewFresh }: SampleInput) {
  const trpc = useTRPC();
  const [position, setPosition] = useState(0);
  const samples = preview?.samples ?? [];
  const index = Math.min(position, Math.max(0, samples.length - 1));
  const real = samples[index];
  const contactId = real?.contactId ?? null;
  const { data: contact } = useQuery(trpc.contact.read.queryOptions({ id: contactId ?? '' }, { enabled: contactId !== null, staleTime: 60_000 }));

  const isWindowOpen = real?.isWindowOpen ?? true;
  const isServerText = real !== undefined && isPreviewFresh && draft.state.kind === 'saved';
  const compose = isServerText ? null : composerOf(channel, draftText(draft.fields, template), contact?.id === contactId ? contact : undefined);
  const own = compose?.(isWindowOpen) ?? null;
  const sample: Sample = {
    name: real ? personName(real) : 'Example person', recipient: real?.recipient ?? null, isReal: real !== undefined, labels: real?.labels ?? [], isWindowOpen,
    text: isServerText ? real.text : own?.text ?? real?.text ?? draft.fields.content,
    missing: isServerText ? real.missing : own?.missing ?? [],
    skip: isServerText ? real.skip : own?.skip ?? null,
    method: own ? own.method : real?.method ?? null, values: own ? own.values : real?.values ?? {},
    other: compose && channel?.windowSeconds != null ? compose(!isWindowOpen) : real?.other ?? null,
  };
  return { sample, index, count: samples.length, step: (by: number) => setPosition((index + by + samples.length) % Math.max(1, samples.length)) };
}

const example = { phone: '+14155550132', email: 'maya@example.com', firstName: 'Maya', lastName: 'Chen', fields: {} };

/** Faults that leave something to show: what is not approved yet, and what nobody has mapped. */
const shown = new Set(['template_not_approved', 'template_variable_unmapped']);

function composerOf(channel: Channel | null, text: Draft, contact: ContactView | undefined): ((isWindowOpen: boolean) => SampleMessage) | null {
  if (!channel || channel.problems(text).some(({ code }) => !shown.has(code))) return null;
  const { compose } = channel.prepare(text);
  const recipient = channel.toAddress((contact ?? example).phone ?? '');
  return (isWindowOpen) => told(compose({ contact: contact ?? example, data: {} }, { recipient, isWindowOpen }));
}

const told = (composed: Composed): SampleMessage => ('skip' in composed
  ? { text: '', method: null, skip: composed.skip, missing: composed.missing, values: {} }
  : { text: composed.body, method: composed.method, skip: null, missing: composed.missing, values: composed.method === 'template' ? composed.contentVariables : {} });

/** What the channel needs of a draft as it stands on the screen. */
export const draftText = ({ content, mediaUrls, templateSid, templateVariables, missingValues, optOutLine }: DraftFields, template: PinnedTemplate | null): Draft =>
  ({ content, mediaUrls, templateSid, template, templateVariables, missingValues, optOutLine });
