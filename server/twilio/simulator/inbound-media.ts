import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import type { Message, StoredMedia } from '#server/twilio/simulator/model.ts';
import { sampleFile } from '#server/twilio/simulator/sample-file.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { notFound } from '#server/twilio/simulator/twilio-error.ts';

/** A file that a person sends; `data` is base64, null: a sample of its kind. */
export type InboundFile = { contentType: string; data: string | null };

const STORE = '/_media/';

/** Keeps the files of a message, and names them in it as Twilio does in its webhook. */
export function storeMedia(simulator: Simulator, message: Message, files: InboundFile[]): void {
  message.media = files.map((file) => ({ ...file, sid: simulator.newSid('ME') }));
  message.mediaUrls = message.media.map(({ sid }) => `https://api.twilio.com/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}/Media/${sid}`);
}

/** The file itself: Twilio asks for the account's key and then sends to a store that asks for nothing, for a while. */
export const mediaRoutes: ApiRoute[] = [{
  method: 'GET', host: 'api.twilio.com', path: '/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}',
  answer: (request) => ({ status: 307, headers: { location: storeAddress(find(request)) } }),
}];

function find({ simulator, account, params, path }: ApiRequest): StoredMedia {
  const message = simulator.messages.get(params.MessageSid ?? '');
  const media = message?.accountSid === account.sid ? message.media?.find(({ sid }) => sid === params.Sid) : undefined;
  if (!media) throw notFound(path);
  return media;
}

/** Where this simulator keeps a file; on a page of its own it is a link. */
export const storeAddress = ({ sid }: StoredMedia): string => `${STORE}${sid}`;

/** Answers the store, or null when the path is none of its own. */
export function answerStore(simulator: Simulator, method: string, path: string): Reply | null {
  if (method !== 'GET' || !path.startsWith(STORE)) return null;
  for (const message of simulator.messages.all()) {
    const media = message.media?.find(({ sid }) => sid === path.slice(STORE.length));
    if (!media) continue;
    const { contentType, bytes } = media.data === null ? sampleFile(media.contentType) : { contentType: media.contentType, bytes: Buffer.from(media.data, 'base64') };
    return { status: 200, bytes, headers: { 'content-type': contentType, 'content-length': String(bytes.length), 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" } };
  }
  return { status: 404, body: { error: 'no such file' } };
}
