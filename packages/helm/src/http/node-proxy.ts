import { BlockList, isIP, isIPv6 } from 'node:net';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for `url` as Go's `http.ProxyFromEnvironment` finds it: `HTTPS_PROXY` or `HTTP_PROXY`, unless `NO_PROXY` lists
 * the host; each in small letters too. Loopback hosts have none.
 */
export function proxyFromEnvironment(url: URL, environment: Environment): string | undefined {
  const variable = (name: string): string => environment[name] || environment[name.toLowerCase()] || '';
  const proxy = variable(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === '' || isExempt(url, variable('NO_PROXY'))) return undefined;
  return /^\w+:\/\//.test(proxy) ? proxy : `http://${proxy}`;
}

function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || isWithin('127.0.0.0/8', host) || host === '::1') return true;
  const rules = list.split(',').map((rule) => rule.trim().toLowerCase());
  return rules.some((rule) => rule === '*' || (rule !== '' && matches(rule, host, port)));
}

function matches(rule: string, host: string, port: string): boolean {
  if (rule.includes('/')) return isWithin(rule, host);
  if (isIP(rule)) return rule === host;
  const { name = '', wanted = port } = /^(?<name>.*?)(?::(?<wanted>\d+))?$/.exec(rule)?.groups ?? {};
  if (wanted !== port) return false;
  const domain = name.replace(/^\*\./, '.').replace(/^\[|\]$/g, '');
  if (domain.startsWith('.')) return host.endsWith(domain);
  return host === domain || host.endsWith(`.${domain}`);
}

function isWithin(network: string, host: string): boolean {
  const [base = '', bits = ''] = network.split('/');
  const family = isIPv6(base) ? 'ipv6' : 'ipv4';
  if (isIP(base) === 0 || isIP(host) !== isIP(base) || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 'ipv6' ? 128 : 32)) return false;
  const networks = new BlockList();
  networks.addSubnet(base, Number(bits), family);
  return networks.check(host, family);
}
