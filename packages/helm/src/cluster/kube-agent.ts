import { Agent as HttpAgent } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import { HttpProxyAgent, HttpsProxyAgent } from 'hpagent';
import type { Credentials, KubeConnection } from './kube-connection.ts';

/** One pool of kept-alive connections to the server, through its proxy when there is one. */
export function createAgent(connection: KubeConnection, { tls }: Credentials): HttpAgent {
  const { server } = connection;
  const settings: AgentOptions = {
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    ...(tls.servername === undefined ? {} : { servername: tls.servername }),
    ...(tls.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: tls.rejectUnauthorized }),
    keepAlive: true,
    maxFreeSockets: 32,
  };
  const proxy = connection.proxyUrl ?? proxyFromEnvironment(server);
  if (server.protocol === 'http:') {
    return proxy === undefined
      ? new HttpAgent({ keepAlive: true })
      : new HttpProxyAgent({ keepAlive: true, proxy });
  }
  return proxy === undefined ? new HttpsAgent(settings) : new HttpsProxyAgent({ ...settings, proxy });
}

/** `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` as Go reads them; loopback is never proxied. */
function proxyFromEnvironment(server: URL): string | undefined {
  const name = server.protocol === 'http:' ? 'HTTP_PROXY' : 'HTTPS_PROXY';
  const proxy = process.env[name] || process.env[name.toLowerCase()];
  if (!proxy || isExempt(server)) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function isExempt({ hostname, port }: URL): boolean {
  if (hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]') return true;
  const listed = (process.env['NO_PROXY'] || process.env['no_proxy'] || '').split(',');
  return listed
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry === '*' || (entry !== '' && matches(entry, hostname.toLowerCase(), port)));
}

function matches(entry: string, host: string, port: string): boolean {
  const [name = '', wantedPort] = entry.split(':');
  if (wantedPort !== undefined && wantedPort !== (port || '443')) return false;
  if (name.includes('/')) return inNetwork(name, host);
  const domain = name.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function inNetwork(network: string, host: string): boolean {
  const [base = '', bits = ''] = network.split('/');
  const [a, b] = [addressOf(base), addressOf(host)];
  if (a === undefined || b === undefined) return false;
  const shift = 32 - Number(bits);
  return shift >= 32 || a >>> shift === b >>> shift;
}

function addressOf(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
