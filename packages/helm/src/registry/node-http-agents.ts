/** Kept connections: one agent per proxy and set of TLS files. */
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { errnoText, GoError } from '@flotilla/gocompat';
import { type Environment, proxyFromEnvironment } from '../http/node-proxy.ts';
import type { TlsFiles } from './http-client.ts';

/** By proxy and TLS files; kept from the moment an agent is asked for, so that there is never a second one. */
export type KeptAgents = Map<string, Promise<HttpAgent>>;

export interface AgentOptions {
  readonly environment: Environment;
  readonly agents: KeptAgents;
}

interface TlsSettings {
  readonly ca?: Uint8Array;
  readonly cert?: Uint8Array;
  readonly key?: Uint8Array;
  readonly rejectUnauthorized?: boolean;
}

const keepAlive = { keepAlive: true, maxSockets: 16, maxFreeSockets: 8, scheduling: 'lifo' } as const;

/** The agent for a URL. Throws GoError with Helm's text when a TLS file cannot be read. */
export async function agentFor(url: string, tls: TlsFiles, options: AgentOptions): Promise<HttpAgent> {
  const proxy = proxyFromEnvironment(new URL(url), options.environment);
  const isHttps = url.startsWith('https:');
  const key = JSON.stringify([isHttps, proxy, isHttps ? tls : {}]);
  const known = options.agents.get(key);
  if (known !== undefined) return known;
  const agent = createAgent(isHttps, proxy, isHttps ? tlsSettings(tls) : {});
  options.agents.set(key, agent);
  return agent;
}

/** Ends all kept connections. */
export function closeAgents(agents: KeptAgents): void {
  for (const agent of agents.values()) {
    agent.then(
      (made) => made.destroy(),
      () => undefined,
    );
  }
  agents.clear();
}

async function createAgent(
  isHttps: boolean,
  proxy: string | undefined,
  settings: TlsSettings,
): Promise<HttpAgent> {
  if (proxy === undefined) {
    return isHttps ? new HttpsAgent({ ...keepAlive, ...fixed(settings) }) : new HttpAgent(keepAlive);
  }
  const { HttpProxyAgent, HttpsProxyAgent } = await import('hpagent');
  return isHttps
    ? new HttpsProxyAgent({ ...keepAlive, ...fixed(settings), proxy })
    : new HttpProxyAgent({ ...keepAlive, proxy });
}

/** Node wants buffers. */
function fixed({ ca, cert, key, rejectUnauthorized }: TlsSettings): {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly rejectUnauthorized?: boolean;
} {
  return {
    ...(ca === undefined ? {} : { ca: Buffer.from(ca) }),
    ...(cert === undefined ? {} : { cert: Buffer.from(cert) }),
    ...(key === undefined ? {} : { key: Buffer.from(key) }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
  };
}

function tlsSettings(tls: TlsFiles): TlsSettings {
  const read = (what: string, path: string): Uint8Array => {
    try {
      return readFileSync(path);
    } catch (error) {
      throw new GoError(
        `can't create TLS config for client: ${what}: "${path}": open ${path}: ${errnoText(error)}`,
        { cause: error },
      );
    }
  };
  const hasPair = (tls.certFile ?? '') !== '' || (tls.keyFile ?? '') !== '';
  return {
    ...(hasPair ? { cert: read('unable to read cert file', tls.certFile ?? '') } : {}),
    ...(hasPair ? { key: read('unable to read key file', tls.keyFile ?? '') } : {}),
    ...(tls.caFile ? { ca: read("can't read CA file", tls.caFile) } : {}),
    ...(tls.insecureSkipTlsVerify === true ? { rejectUnauthorized: false } : {}),
  };
}
