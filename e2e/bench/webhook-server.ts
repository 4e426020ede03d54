// The webhook routes' verbs behind a bare node:http server: what the web process could carry without the framework around it.
import { createServer } from 'node:http';
import { receiveInbound } from '#server/api/inbound-webhook.ts';
import { receiveTemplateEvents } from '#server/api/template-webhook.ts';
import { receiveStatusCallback } from '#server/api/webhook.ts';
import { env } from '#server/env.ts';

const doors: Record<string, typeof receiveInbound> = { sms: receiveInbound, status: receiveStatusCallback, events: receiveTemplateEvents };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const door = doors[/^\/connect\/webhook\/twilio\/(\w+)/.exec(request.url ?? '')?.[1] ?? 'status'] ?? receiveStatusCallback;
    door(new Request(`http://localhost${request.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) }))
      .then((answer) => response.writeHead(answer.status).end(), () => response.writeHead(500).end());
  });
});
server.keepAliveTimeout = 60_000;
server.listen(env().PORT, '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
