import { MessageCircle, MessageSquareText } from 'lucide-react';
import { channelNames } from '#components/format/channel.ts';
import { classNames } from '#components/ui/class-names.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';

const icons: Record<ConversationView['channel'], typeof MessageCircle> = { sms: MessageSquareText, whatsapp: MessageCircle };

/** A channel as icon and word. */
export function ChannelMark({ channel, className }: { channel: ConversationView['channel']; className?: string }) {
  const Icon = icons[channel];
  return <span className={classNames('inline-flex items-center gap-1 whitespace-nowrap', className)}><Icon aria-hidden className="size-3.5 shrink-0" />{channelNames[channel]}</span>;
}
