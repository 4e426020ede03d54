import type { PushPayload } from '#server/domain/device/push-service.ts';
import type { EventFacts } from '#server/domain/device/read-event.ts';

const FIRST_WORDS = 140; // characters; a notification shows no more

/**
 * What a notification says: who wrote and the first words, or the notice of a rule. Where the device or the organisation wants no text, neither a name
 * nor a word of it leaves this server.
 */
export function contentOf(event: EventFacts, { deviceId, showsText }: { deviceId: string; showsText: boolean }): PushPayload {
  return { ...wordsOf(event, showsText && event.showsText), tag: `${event.kind}-${event.conversationId}`, id: String(event.seq), url: `/inbox?c=${event.conversationId}`, deviceId };
}

function wordsOf(event: EventFacts, showsText: boolean): Pick<PushPayload, 'title' | 'body'> {
  if (!showsText) return event.kind === 'notice' ? { title: 'A keyword rule calls for you', body: '' } : { title: 'New message', body: '' };
  const said = firstWords(event.text) || mediaWord(event.mediaType);
  return event.notice === null ? { title: event.person, body: said } : { title: event.notice, body: `${event.person}: ${said}` };
}

function firstWords(text: string): string {
  const letters = [...text.replaceAll(/\s+/g, ' ').trim()];
  return letters.length <= FIRST_WORDS ? letters.join('') : `${letters.slice(0, FIRST_WORDS - 1).join('').trimEnd()}…`;
}

const mediaWords: Record<string, string> = { image: 'Picture', video: 'Video', audio: 'Voice message' };
const mediaWord = (type: string | null) => (type === null ? '' : mediaWords[type.split('/')[0] ?? ''] ?? 'File');
