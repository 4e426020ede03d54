import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerApi } from '#server/twilio/simulator/api.ts';
import { answerControl } from '#server/twilio/simulator/control/routes.ts';
import type { Reply } from '#server/twilio/simulator/http.ts';
import { answerStore } from '#server/twilio/simulator/inbound-media.ts';
import { answerPage } from '#server/twilio/simulator/phones/routes.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { answerSink } from '#server/twilio/simulator/sink.ts';
import { errorBody } from '#server/twilio/simulator/twilio-error.ts';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The HTTP side of a simulator: pages at `/`, control under `/_sim/`, everything else is the Twilio API. */
export function createSimulatorServer(simulator: Simulator): Server {
  const server = createServer((request, response) => {
    readBody(request, response, (body) => {
      const path = pathOf(request.url ?? '/');
      if (simulator.config.all.sink && request.method === 'POST' && path.endsWith('/Messages.json')) {
        answerSink(simulator, response, { path, authorization: request.headers.authorization, body });
        return;
      }
      answer(simulator, request, path, body).then(
        (reply) => write(response, reply),
        (error: unknown) => write(response, { status: 500, body: errorBody({ code: 20500, message: String(error), status: 500 }) }),
      );
    });
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

function readBody(request: IncomingMessage, response: ServerResponse, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    if (size > MAX_BODY_BYTES) response.writeHead(413).end();
    else done(chunks.length === 1 ? (chunks[0] as Buffer).toString('utf8') : Buffer.concat(chunks).toString('utf8'));
  });
}

async function answer(simulator: Simulator, request: IncomingMessage, path: string, body: string): Promise<Reply> {
  const { headers } = request;
  const query = new URLSearchParams((request.url ?? '').slice(path.length + 1));
  const method = request.method ?? 'GET';
  if (path.startsWith('/_sim/')) return answerControl(simulator, { method, path, query, body });
  const stored = answerStore(simulator, method, path);
  if (stored) return stored;
  const page = answerPage(simulator, { method, path, query, body, isForeign: headers['sec-fetch-site'] === 'cross-site' });
  if (page) return page;
  const twilioHost = headers['x-twilio-host'];
  return answerApi(simulator, {
    method,
    path,
    query,
    body,
    authorization: headers.authorization,
    twilioHost: typeof twilioHost === 'string' ? twilioHost : undefined,
    ownHost: headers.host ?? 'localhost',
  });
}

function write(response: ServerResponse, reply: Reply): void {
  if (reply.written) response.once('close', reply.written);
  const send = () => {
    if (reply.fate === 'reset') response.socket?.resetAndDestroy();
    else if (reply.bytes !== undefined) response.writeHead(reply.status, reply.headers).end(reply.bytes);
    else if (reply.html !== undefined) response.writeHead(reply.status, { 'content-type': 'text/html; charset=utf-8', ...reply.headers }).end(reply.html);
    else {
      const text = reply.body === undefined ? undefined : JSON.stringify(reply.body);
      response.writeHead(reply.status, text === undefined ? reply.headers : { 'content-type': 'application/json;charset=utf-8', ...reply.headers }).end(text);
    }
  };
  if (reply.delayMs) setTimeout(send, reply.delayMs);
  else send();
}

function pathOf(url: string): string {
  const question = url.indexOf('?');
  return question === -1 ? url : url.slice(0, question);
}
