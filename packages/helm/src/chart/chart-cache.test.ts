import { encodeText } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { ChartCache } from './chart-cache.ts';
import { loadChart } from './load-chart.ts';

const chartYaml = { name: 'Chart.yaml', data: encodeText('{apiVersion: v2, name: web, version: 1.0.0}') };

function filesOf(values: string) {
  return [chartYaml, { name: 'values.yaml', data: encodeText(values) }];
}

function load(values: string, cache: ChartCache, compat: 'v3' | 'v4' = 'v4') {
  return loadChart({ kind: 'files', files: filesOf(values) }, { cache, compat });
}

test('equal contents are one chart, wherever they were read', () => {
  const cache = new ChartCache();
  expect(load('a: 1', cache)).toBe(load('a: 1', cache));
});

test('another byte, another name or another major of Helm is another chart, however long', () => {
  const cache = new ChartCache();
  const first = load('a: 1', cache);
  expect(load('a: 2', cache).values).toEqual({ a: 2 });
  expect(load('a: 10', cache).values).toEqual({ a: 10 });
  expect(load('a: 1', cache, 'v3')).not.toBe(first);
  const renamed = [chartYaml, { name: 'values.yml_', data: encodeText('a: 1') }];
  expect(loadChart({ kind: 'files', files: renamed }, { cache }).values).toEqual({});
  expect(load('a: 1', cache)).toBe(first);
});

test('what cannot be loaded is tried again', () => {
  const cache = new ChartCache();
  expect(() => load('a: [', cache)).toThrow('cannot load values.yaml');
  expect(() => load('a: [', cache)).toThrow('cannot load values.yaml');
});
