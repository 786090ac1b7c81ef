import { gunzipSync, gzipSync } from 'node:zlib';
import { type Dict, fromJs } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import type { Release } from './release.ts';
import { decodeRelease, encodeRelease, releaseText } from './release-codec.ts';

const release: Release = {
  name: 'web',
  namespace: 'default',
  version: 2,
  info: {
    firstDeployed: '2026-11-24T13:05:03.419206887Z',
    lastDeployed: '2026-11-24T13:06:03Z',
    deleted: '',
    description: 'Rollback to 1',
    status: 'deployed',
    rollbackRevision: 1,
    notes: '',
  },
  chart: fromJs({
    modtime: '',
    templates: [{ name: 'templates/a.yaml', data: 'YQ==' }],
    files: null,
    values: { b: 1000000, a: 1.5 },
    schema: null,
    schemamodtime: '0001-01-01T00:00:00Z',
    lock: null,
    metadata: { version: '0.1.0', name: 'web', apiVersion: 'v2' },
  }) as Dict,
  config: fromJs({ text: '<&>' }) as Dict,
  manifest: '---\n# Source: web/templates/a.yaml\na\n',
  hooks: [
    {
      name: 'job',
      kind: 'Job',
      path: 'web/templates/job.yaml',
      manifest: 'kind: Job',
      events: ['pre-install'],
      lastRun: { startedAt: '', completedAt: '', phase: '' },
      weight: 0,
      deletePolicies: [],
      outputLogPolicies: [],
    },
  ],
  labels: {},
  applyMethod: 'ssa',
};

test('a record is written in the order of Helm’s structs', () => {
  expect(releaseText(release)).toBe(
    String.raw`{"name":"web","info":{"first_deployed":"2026-11-24T13:05:03.419206887Z","last_deployed":"2026-11-24T13:06:03Z","description":"Rollback to 1","status":"deployed","rollback_revision":1},"chart":{"metadata":{"name":"web","version":"0.1.0","apiVersion":"v2"},"lock":null,"templates":[{"name":"templates/a.yaml","data":"YQ=="}],"values":{"a":1.5,"b":1000000},"schema":null,"schemamodtime":"0001-01-01T00:00:00Z","files":null},"config":{"text":"\u003c\u0026\u003e"},"manifest":"---\n# Source: web/templates/a.yaml\na\n","hooks":[{"name":"job","kind":"Job","path":"web/templates/job.yaml","manifest":"kind: Job","events":["pre-install"],"last_run":{"phase":""}}],"version":2,"namespace":"default","apply_method":"ssa"}`,
  );
});

test('Helm 3 writes empty times and knows neither apply method nor the revision rolled back to', () => {
  const text = releaseText(release, 'v3');
  expect(text).toContain('"deleted":""');
  expect(text).toContain('"last_run":{"started_at":"","completed_at":"","phase":""}');
  expect(text).not.toMatch(/apply_method|rollback_revision/);
});

test('a record of Helm 3 gets the time of a schema when Helm 4 writes it', () => {
  const old = decodeRelease(encodeRelease(release, 'v3'));
  expect(releaseText(old, 'v3')).not.toContain('schemamodtime');
  expect(releaseText(old)).toContain('"schemamodtime":"0001-01-01T00:00:00Z"');
});

test('what is written is read back, with the labels of its object', () => {
  const stored = encodeRelease(release);
  expect(gunzipSync(Buffer.from(stored, 'base64')).toString()).toBe(releaseText(release));
  expect(releaseText(decodeRelease(stored, { a: 'b' }))).toBe(releaseText(release));
  expect(decodeRelease(stored, { a: 'b' }).labels).toEqual({ a: 'b' });
});

test('old records are not compressed, broken ones are refused', () => {
  const plain = Buffer.from(releaseText(release, 'v3')).toString('base64');
  expect(decodeRelease(plain)).toMatchObject({ version: 2, applyMethod: '' });
  expect(() => decodeRelease(gzipSync('{').toString('base64'))).toThrow('unexpected end of JSON input');
});
