import { expect, test } from 'vitest';
import { proxyFromEnvironment } from './node-proxy.ts';

const proxies = { HTTPS_PROXY: 'http://proxy:3128', HTTP_PROXY: 'proxy:8080' };

test.each([
  ['https://charts.example.org/index.yaml', {}, 'http://proxy:3128'],
  ['http://charts.example.org/index.yaml', {}, 'http://proxy:8080'],
  ['https://example.org', { HTTPS_PROXY: '', https_proxy: 'socks5://small:1' }, 'socks5://small:1'],
  ['https://example.org', { HTTPS_PROXY: '' }, undefined],
  ['https://localhost:6443', {}, undefined],
  ['https://127.0.0.2:6443', {}, undefined],
  ['https://[::1]:6443', {}, undefined],
  ['https://example.org', { NO_PROXY: '*' }, undefined],
  ['https://example.org', { NO_PROXY: 'other.org, Example.org' }, undefined],
  ['https://charts.example.org', { no_proxy: 'example.org' }, undefined],
  ['https://badexample.org', { NO_PROXY: 'example.org' }, 'http://proxy:3128'],
  ['https://charts.example.org', { NO_PROXY: '.example.org' }, undefined],
  ['https://example.org', { NO_PROXY: '.example.org' }, 'http://proxy:3128'],
  ['https://charts.example.org', { NO_PROXY: '*.example.org' }, undefined],
  ['https://example.org', { NO_PROXY: 'example.org:443' }, undefined],
  ['http://example.org', { NO_PROXY: 'example.org:443' }, 'http://proxy:8080'],
  ['https://10.0.0.7:6443', { NO_PROXY: '10.0.0.7' }, undefined],
  ['https://10.0.0.7:6443', { NO_PROXY: '10.0.0.0/8' }, undefined],
  ['https://11.0.0.7:6443', { NO_PROXY: '10.0.0.0/8' }, 'http://proxy:3128'],
  ['https://10.0.0.7:6443', { NO_PROXY: '10.0.0.0/99' }, 'http://proxy:3128'],
  ['https://[fd00::7]:6443', { NO_PROXY: 'fd00::/8' }, undefined],
])('%s with %j', (url, environment, proxy) => {
  expect(proxyFromEnvironment(new URL(url), { ...proxies, ...environment })).toBe(proxy);
});
