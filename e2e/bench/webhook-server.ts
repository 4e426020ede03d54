// The webhook route's verb behind a bare node:http server: what the web process could carry without the framework around it.
import { createServer } from 'node:http';
import { receiveStatusCallback } from '#server/api/webhook.ts';
import { env } from '#server/env.ts';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    receiveStatusCallback(new Request(`http://localhost${request.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) }))
      .then((answer) => response.writeHead(answer.status).end(), () => response.writeHead(500).end());
  });
});
server.keepAliveTimeout = 60_000;
server.listen(env().PORT, '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
