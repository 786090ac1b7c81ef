import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server on loopback that answers as a test says, request by request. */

export interface ScriptedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export type Reply =
  | { readonly status?: number; readonly body: unknown }
  | { readonly lines: readonly unknown[]; readonly isOpen?: boolean }
  | 'reset'
  | 'half';

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
}

export async function scriptedServer(
  reply: (request: ScriptedRequest, count: number) => Reply | Promise<Reply>,
): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const seen = await readRequest(request);
    requests.push(seen);
    send(response, await reply(seen, requests.length));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readRequest(request: IncomingMessage): Promise<ScriptedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const { method = '', url: path = '', headers } = request;
  return { method, path, headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'reset') {
    response.socket?.destroy();
    return;
  }
  const head = { 'content-type': 'application/json' };
  if (reply === 'half') {
    response.writeHead(200, { ...head, 'content-length': 100 });
    response.write('{"kind": "Conf', () => response.socket?.destroy());
    return;
  }
  if ('lines' in reply) {
    response.writeHead(200, head);
    for (const line of reply.lines) response.write(`${JSON.stringify(line)}\n`);
    if (reply.isOpen !== true) response.end();
    return;
  }
  response.writeHead(reply.status ?? 200, head);
  response.end(JSON.stringify(reply.body));
}

/** A `Status` as API servers send it. */
export function refused(status: number, reason: string, message = reason): Reply {
  return { status, body: { kind: 'Status', status: 'Failure', code: status, reason, message } };
}
