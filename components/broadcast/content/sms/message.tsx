import type { MessageCardsProps } from '#components/broadcast/content/content-panel.ts';
import { MessageField } from '#components/broadcast/editor/message-field.tsx';
import { Card } from '#components/ui/card.tsx';

/** One text for everybody. */
export function SmsMessage({ draft, text, channel, sample, errorOf, preview }: MessageCardsProps) {
  return (
    <Card title="Message">
      <MessageField text={text} channel={channel} sample={sample} error={errorOf('content')} preview={preview} onChange={draft.change} onBlur={() => void draft.save()} />
    </Card>
  );
}
