import { receiveSigned, type Claim } from '#server/api/signed-webhook.ts';
import { database } from '#server/database.ts';
import { statusBatcher } from '#server/domain/delivery/status-batcher.ts';
import { isSigned, parseStatusCallback, PROBE_SID } from '#server/twilio/callbacks.ts';

let batcher: ReturnType<typeof statusBatcher> | undefined;

/** Twilio's status callback, signed over the raw form: durable, then 204. */
export const receiveStatusCallback = (request: Request): Promise<Response> =>
  receiveSigned(request, { mostBytes: 64 * 1024, read: statusClaim, otherwise: 'not a status callback', failure: 'a status callback could not be stored' });

function statusClaim(body: string): Claim | null {
  const form = new URLSearchParams(body);
  const callback = parseStatusCallback(form);
  return callback && {
    accountSid: callback.accountSid,
    isProbe: callback.sid === PROBE_SID,
    isSigned: (authTokens, signature, publicUrl) => isSigned(authTokens, signature, publicUrl, form),
    async record([account], url) {
      if (callback.sid === PROBE_SID) return new Response(null, { status: 204 }); // our own: that it was believed is all it is for
      const token = url.searchParams.get('attempt');
      batcher ??= statusBatcher(database());
      await batcher.record({
        organizationId: account!.organizationId, token: token && /^[0-9a-f]{32}$/.test(token) ? token : null, accountSid: callback.accountSid,
        sid: callback.sid, recipient: callback.to, providerStatus: callback.status, errorCode: callback.errorCode, source: 'callback',
      });
      return new Response(null, { status: 204 });
    },
  };
}
