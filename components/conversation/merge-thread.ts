import type { MessageView, Thread } from '#server/domain/conversation/schema.ts';

/**
 * What is on the screen with what came: a snapshot has the last messages only, earlier ones stay, and of a message that is in both the newer word
 * counts. Where the two do not touch, so many came meanwhile that something lies between them: then the snapshot alone stands.
 */
export function mergeThread(shown: Thread | undefined, came: Thread): Thread {
  if (!shown || shown.conversation.id !== came.conversation.id) return came;
  const [newer, older] = shown.asOf > came.asOf ? [shown, came] : [came, shown];
  const known = new Set(shown.messages.map(({ id }) => id));
  const isTouching = came.messages.some(({ id }) => known.has(id)) || came.messages.length === 0 || shown.messages.length === 0;
  if (!isTouching) return came;
  return { ...newer, messages: inOrder([...older.messages, ...newer.messages]), before: reachesBack(shown, came).before };
}

/** The thread with a page of earlier messages before it. */
export const withEarlier = (shown: Thread, earlier: Thread): Thread => ({ ...shown, messages: inOrder([...earlier.messages, ...shown.messages]), before: earlier.before });

/** Each once, the last word about it; those of one moment in the order in which the server told them. */
function inOrder(messages: MessageView[]): MessageView[] {
  const latest = new Map(messages.map((message) => [message.id, message]));
  return [...latest.values()].toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
}

function reachesBack(one: Thread, other: Thread): Thread {
  const [first, second] = [one.messages[0], other.messages[0]];
  if (!first || !second) return first ? one : other;
  return Date.parse(first.createdAt) <= Date.parse(second.createdAt) ? one : other;
}
