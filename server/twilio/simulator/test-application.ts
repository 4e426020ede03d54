import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import type { AccountCredentials } from '#server/twilio/simulator/demo-account.ts';

/** For tests: the SDK's own client, but every call goes to `origin`, with the host it meant in `X-Twilio-Host`. */
class RedirectedClient extends twilio.RequestClient {
  origin: string;

  constructor(origin: string) {
    super();
    this.origin = origin;
  }

  override request<T>(options: Parameters<typeof twilio.RequestClient.prototype.request<T>>[0]) {
    const meant = new URL(options.uri);
    const headers = { ...options.headers, 'X-Twilio-Host': meant.host };
    return super.request({ ...options, uri: this.origin + meant.pathname + meant.search, headers });
  }
}

/** For tests: the real Twilio SDK, signed in by API key, talking to the simulator at `url`. */
export function sdkOf(url: string, account: AccountCredentials) {
  return twilio(account.apiKeySid, account.apiKeySecret, { accountSid: account.accountSid, httpClient: new RedirectedClient(url) });
}

export type ReceivedWebhook = { url: string; body: string; form: Record<string, string>; headers: Record<string, string | undefined>; at: number };

/** For tests: the application's webhook. Records what arrives; `answer` decides status and body of each answer. */
export async function startApplication(answer: (webhook: ReceivedWebhook, nth: number) => { status: number; body?: string } = () => ({ status: 204 })) {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const webhook = { url: request.url ?? '', body, form: Object.fromEntries(new URLSearchParams(body)), headers, at: performance.now() };
      received.push(webhook);
      const { status, body: text } = answer(webhook, received.length);
      response.writeHead(status, text ? { 'content-type': 'text/xml' } : {}).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** For tests: waits until `isTrue`, at most three seconds. */
export async function until(isTrue: () => boolean | Promise<boolean>, what = 'the condition'): Promise<void> {
  for (const end = Date.now() + 3_000; Date.now() < end; ) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}
