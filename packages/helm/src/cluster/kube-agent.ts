import { Agent as HttpAgent } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import { HttpProxyAgent, HttpsProxyAgent } from 'hpagent';
import type { Credentials, KubeConnection } from './kube-connection.ts';

/** One pool of kept-alive connections to the server, through its proxy when there is one. */
export function createAgent(connection: KubeConnection, { tls }: Credentials): HttpAgent {
  const { server, proxyUrl: proxy } = connection;
  const settings: AgentOptions = {
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    ...(tls.servername === undefined ? {} : { servername: tls.servername }),
    ...(tls.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: tls.rejectUnauthorized }),
    keepAlive: true,
    maxFreeSockets: 32,
  };
  if (server.protocol === 'http:') {
    return proxy === undefined
      ? new HttpAgent({ keepAlive: true })
      : new HttpProxyAgent({ keepAlive: true, proxy });
  }
  return proxy === undefined ? new HttpsAgent(settings) : new HttpsProxyAgent({ ...settings, proxy });
}
