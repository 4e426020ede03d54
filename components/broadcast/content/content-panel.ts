import type { ComponentType } from 'react';
import type { DraftFields, EditedDraft } from '#components/broadcast/editor/use-draft.ts';
import type { PhonePreviewProps } from '#components/broadcast/editor/phone-preview.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import type { Channel, Draft } from '#server/channels/index.ts';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';
import type { PinnedView } from '#server/domain/template/schema.ts';

export type MessageCardsProps = {
  broadcast: BroadcastView; draft: EditedDraft; text: Draft; channel: Channel | null; errorOf: (field: string) => string | undefined;
  sample: PhonePreviewProps['sample'];
  /** What the draft's SID names; null: nothing is known by it. */
  pinned: PinnedView | null;
  /** What the server makes of the saved draft; nothing while it is counted anew. */
  preview: PreviewView | undefined;
};

export type ChannelPreviewProps = PhonePreviewProps & { pinned: PinnedView | null; mediaUrls: string[]; preview: PreviewView | undefined };

/** What the editor of a broadcast shows of its own for a channel. */
export type ContentPanel = {
  /** What is written, as cards of the form. */
  Message: ComponentType<MessageCardsProps>;
  Preview: ComponentType<ChannelPreviewProps>;
  /** What is plainly missing, before anything is asked of the server. */
  missing: (fields: DraftFields) => FieldError[];
};
