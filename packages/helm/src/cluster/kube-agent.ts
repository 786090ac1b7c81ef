import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpProxyAgent, HttpsProxyAgent } from 'hpagent';
import type { KubeConnection, TlsSettings } from './kube-connection.ts';

/**
 * The kept-alive connections to one server. Renewed credentials with other TLS settings get connections of their own; the
 * old ones end with the requests that use them.
 */
export class AgentPool implements Disposable {
  readonly #connection: Pick<KubeConnection, 'server' | 'proxyUrl'>;
  #current: { readonly tls: TlsSettings; readonly agent: HttpAgent } | undefined;
  readonly #retired = new Set<HttpAgent>();

  constructor(connection: Pick<KubeConnection, 'server' | 'proxyUrl'>) {
    this.#connection = connection;
  }

  agentFor(tls: TlsSettings): HttpAgent {
    if (this.#current !== undefined && isSameTls(this.#current.tls, tls)) return this.#current.agent;
    if (this.#current !== undefined) this.#retire(this.#current.agent);
    const agent = createAgent(this.#connection, tls);
    this.#current = { tls, agent };
    return agent;
  }

  [Symbol.dispose](): void {
    this.#current?.agent.destroy();
    for (const agent of this.#retired) agent.destroy();
    this.#retired.clear();
    this.#current = undefined;
  }

  #retire(agent: HttpAgent): void {
    agent.maxFreeSockets = 0;
    for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
    this.#retired.add(agent);
  }
}

function isSameTls(a: TlsSettings, b: TlsSettings): boolean {
  return (
    a.rejectUnauthorized === b.rejectUnauthorized &&
    a.servername === b.servername &&
    (['ca', 'cert', 'key'] as const).every((key) => String(a[key] ?? '') === String(b[key] ?? ''))
  );
}

/** Through the server's proxy when there is one. */
function createAgent(
  { server, proxyUrl: proxy }: Pick<KubeConnection, 'server' | 'proxyUrl'>,
  tls: TlsSettings,
): HttpAgent {
  const settings: AgentOptions = { ...tls, keepAlive: true, maxFreeSockets: 32 };
  if (server.protocol === 'http:') {
    return proxy === undefined ? new HttpAgent(settings) : new HttpProxyAgent({ ...settings, proxy });
  }
  return proxy === undefined ? new HttpsAgent(settings) : new HttpsProxyAgent({ ...settings, proxy });
}
