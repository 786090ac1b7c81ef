import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf } from './run-program.ts';

/** An admission webhook on loopback, certified by itself, that refuses objects of one name. */

export interface RefusingWebhook extends AsyncDisposable {
  readonly url: string;
  /** In base64, as webhook configurations want it. */
  readonly caBundle: string;
  /** Names of the objects it was asked about. */
  readonly asked: readonly string[];
}

interface Review {
  readonly request: { readonly uid: string; readonly name: string };
}

export async function startRefusingWebhook(refused: string, message: string): Promise<RefusingWebhook> {
  const { key, cert } = await selfSigned();
  const asked: string[] = [];
  const judge = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { uid, name } = (JSON.parse(body) as Review).request;
    asked.push(name);
    const answer = name === refused ? { allowed: false, status: { code: 403, message } } : { allowed: true };
    response.setHeader('content-type', 'application/json');
    const review = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' };
    response.end(JSON.stringify({ ...review, response: { uid, ...answer } }));
  };
  const server = createServer({ key, cert }, (request, response) => {
    judge(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    caBundle: Buffer.from(cert).toString('base64'),
    asked,
    [Symbol.asyncDispose]: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}

async function selfSigned(): Promise<{ readonly key: string; readonly cert: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-webhook-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=webhook', '-addext', 'subjectAltName=IP:127.0.0.1'];
  try {
    const certificate = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
    await outputOf('openssl', [...certificate, ...names, '-keyout', key, '-out', cert]);
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
