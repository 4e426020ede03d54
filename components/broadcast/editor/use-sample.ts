'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { personName } from '#components/broadcast/person-name.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { Channel, Composed, Draft } from '#server/channels/index.ts';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import type { DraftFields, EditedDraft } from './use-draft.ts';

type ServerSample = PreviewView['samples'][number];
/** `skip`: why this person gets nothing; null: gets the text. */
export type Sample = { name: string; recipient: string | null; text: string; missing: string[]; skip: string | null; labels: ServerSample['labels']; isReal: boolean };

type SampleInput = { broadcast: BroadcastView; draft: EditedDraft; channel: Channel | null; preview: PreviewView | undefined; isPreviewFresh: boolean };

/** The message of one recipient. The server's own rendering when it knows this text; while somebody types, the same code in the browser. */
export function useSample({ broadcast, draft, channel, preview, isPreviewFresh }: SampleInput) {
  const trpc = useTRPC();
  const [position, setPosition] = useState(0);
  const samples = preview?.samples ?? [];
  const index = Math.min(position, Math.max(0, samples.length - 1));
  const real = samples[index];
  const contactId = real?.contactId ?? null;
  const { data: contact } = useQuery(trpc.contact.read.queryOptions({ id: contactId ?? '' }, { enabled: contactId !== null, staleTime: 60_000 }));

  const isServerText = real !== undefined && isPreviewFresh && draft.state.kind === 'saved';
  const own = isServerText ? null : compose(channel, broadcast, draft.fields, contact?.id === contactId ? contact : undefined);
  const sample: Sample = {
    name: real ? personName(real) : 'Example person', recipient: real?.recipient ?? null, isReal: real !== undefined, labels: real?.labels ?? [],
    text: isServerText ? real.text : textOf(own) ?? real?.text ?? draft.fields.content,
    missing: isServerText ? real.missing : own?.missing ?? [],
    skip: isServerText ? real.skip : own && 'skip' in own ? own.skip : null,
  };
  return { sample, index, count: samples.length, step: (by: number) => setPosition((index + by + samples.length) % Math.max(1, samples.length)) };
}

const textOf = (composed: Composed | null) => (composed === null ? null : 'body' in composed ? composed.body : '');

const example = { phone: '+14155550132', email: 'maya@example.com', firstName: 'Maya', lastName: 'Chen', fields: {} };

function compose(channel: Channel | null, broadcast: BroadcastView, fields: DraftFields, contact: ContactView | undefined): Composed | null {
  const text = draftText(broadcast, fields);
  if (!channel || channel.problems(text).length > 0) return null;
  return channel.prepare(text).compose({ contact: contact ?? example, data: {} }, { recipient: channel.toAddress((contact ?? example).phone ?? ''), isWindowOpen: true });
}

/** What the channel needs of a draft as it stands on the screen. */
export const draftText = ({ mediaUrls, templateSid, templateVariables }: BroadcastView, { content, missingValues, optOutLine }: DraftFields): Draft =>
  ({ content, mediaUrls, templateSid, template: null, templateVariables, missingValues, optOutLine });
