import type { BubbleText } from '#components/template/preview/template-bubble.tsx';
import { textsOf } from '#server/channels/whatsapp/authentication.ts';
import { fillIn } from '#server/channels/whatsapp/mapping.ts';
import type { PinnedTemplate } from '#server/channels/whatsapp/template.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';

type Message = Pick<PreviewView['samples'][number], 'method' | 'text' | 'values'>;

/** One person's message in the parts that a phone shows. */
export function bubbleOf({ method, text, values }: Message, template: PinnedTemplate | null, mediaUrls: readonly string[]): BubbleText {
  if (method !== 'template' || !template) return { header: '', body: text, footer: '', media: mediaUrls[0] ?? '', buttons: [] };
  const fill = (part: string) => fillIn(part, (number) => values[number] ?? `{{${number}}}`);
  const { header, body, footer } = textsOf(template.content);
  return { header: fill(header), body: fill(body), footer: fill(footer), media: fill(template.content.media), buttons: template.content.buttons };
}
