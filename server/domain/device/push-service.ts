import webPush from 'web-push';
import { vapidKeys, vapidSubject } from '#server/domain/device/vapid.ts';
import type { PushSubscriptionInput } from '#server/domain/device/schema.ts';
import { AddressRefused, postToPublic, postToTrusted, type Answered, type Post } from '#server/domain/outbound/post.ts';
import { env } from '#server/env.ts';

/** What the service worker gets (public/push-worker.js); only that browser can read it. */
export type PushPayload = { title: string; body: string; /** A later one with the same tag takes its place. */ tag: string; /** The same once more is shown once. */ id: string; /** Path in this application. */ url: string; /** Its worker says by this that the push arrived. */ deviceId: string };

/** gone: the browser ended the subscription · later: worth another try, after so many seconds · refused: no try will help. */
export type PushOutcome = { kind: 'taken' } | { kind: 'gone' } | { kind: 'later'; error: string; after: number | null } | { kind: 'refused'; error: string };

const TTL = 4 * 3_600; // s that the push service keeps it for a device that is off

/** One push, encrypted for its browser (RFC 8291) and signed as ours (RFC 8292). Never throws. */
export async function push(subscription: PushSubscriptionInput, payload: PushPayload, post: Post = toPushService): Promise<PushOutcome> {
  try {
    return outcomeOf(await post(encrypted(subscription, payload)));
  } catch (error) {
    if (error instanceof AddressRefused) return { kind: 'refused', error: 'The address of the push service is not on the public internet.' };
    return { kind: 'later', error: 'The push service did not answer.', after: null };
  }
}

function encrypted(subscription: PushSubscriptionInput, payload: PushPayload) {
  const vapidDetails = { subject: vapidSubject(env().PUBLIC_URL), ...vapidKeys() };
  // A topic is at most 32 letters: of a conversation only the newest waits for a device that is off.
  const topic = payload.tag.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 32);
  const { endpoint, headers, body } = webPush.generateRequestDetails(subscription, JSON.stringify(payload), { vapidDetails, TTL, urgency: 'high', topic, contentEncoding: 'aes128gcm' });
  const texts = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'Content-Length').map(([name, value]) => [name, String(value)]));
  return { url: endpoint, headers: texts, body };
}

const toPushService: Post = (outgoing) => {
  const { PUSH_BASE_URL } = env();
  if (!PUSH_BASE_URL) return postToPublic(outgoing);
  const { host, pathname, search } = new URL(outgoing.url);
  return postToTrusted({ ...outgoing, url: PUSH_BASE_URL + pathname + search, headers: { ...outgoing.headers, 'X-Push-Host': host } });
};

/** RFC 8030 §5 and §7.3. */
function outcomeOf({ status, retryAfter }: Answered): PushOutcome {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  if (status === 429 || status >= 500) return { kind: 'later', error: `The push service answered ${status}.`, after: retryAfter };
  const advice = status === 401 || status === 403 ? ' Turn notifications off and on again in that browser.' : '';
  return { kind: 'refused', error: `The push service answered ${status}.${advice}` };
}
