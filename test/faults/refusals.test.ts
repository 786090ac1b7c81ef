import type { Cluster, JsonObject } from '@flotilla/helm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ourPlane } from '../cluster/our-plane.ts';
import { hasReferences } from '../support/control-plane.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { startRefusingWebhook } from '../support/refusing-webhook.ts';
import { FaultyProject, historyByHelm } from './faulty-project.ts';

/** What a server may refuse: rights, webhooks, namespaces that end. Each is told for what it is, and for which release. */

const signal = AbortSignal.timeout(300_000);

describe.skipIf(!hasReferences('test/faults/refusals.test.ts', ['kube', 'kwok', 'helm4']))(
  'a refusal',
  () => {
    const plane = ourPlane();
    let proxy: FaultProxy;
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = plane.ours.cluster;
      proxy = await startFaultProxy(plane.kubeconfig);
    });
    afterAll(async () => {
      await proxy?.[Symbol.asyncDispose]();
    });

    async function create(apiVersion: string, kind: string, object: JsonObject): Promise<void> {
      const mapping = await cluster.mapping(apiVersion, kind, { signal });
      await cluster.create(mapping, { apiVersion, kind, ...object }, { signal });
    }

    const createNamespace = (name: string): Promise<void> =>
      create('v1', 'Namespace', { metadata: { name, labels: { suite: 'refusals' } } });

    /** Rights of a user in a namespace: everything a sync needs but one verb on one resource. */
    async function allowAllBut(
      namespace: string,
      user: string,
      verb: string,
      resource: string,
    ): Promise<void> {
      const groups = { configmaps: '', services: '', secrets: '', leases: 'coordination.k8s.io' } as const;
      const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
      const rules = Object.entries(groups).map(([each, group]) => ({
        apiGroups: [group],
        resources: [each],
        verbs: each === resource ? verbs.filter((other) => other !== verb) : verbs,
      }));
      const api = 'rbac.authorization.k8s.io';
      await create(`${api}/v1`, 'Role', { metadata: { name: 'most', namespace }, rules });
      await create(`${api}/v1`, 'RoleBinding', {
        metadata: { name: 'most', namespace },
        roleRef: { apiGroup: api, kind: 'Role', name: 'most' },
        subjects: [{ apiGroup: api, kind: 'User', name: user }],
      });
      const names = { name: `${namespace}-namespace` };
      const own = { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'create', 'patch'] };
      await create(`${api}/v1`, 'ClusterRole', { metadata: names, rules: [own] });
      await create(`${api}/v1`, 'ClusterRoleBinding', {
        metadata: names,
        roleRef: { apiGroup: api, kind: 'ClusterRole', ...names },
        subjects: [{ apiGroup: api, kind: 'User', name: user }],
      });
    }

    const needed = [
      ['list', 'secrets'],
      ['create', 'secrets'],
      ['update', 'secrets'],
      ['get', 'configmaps'],
      ['patch', 'configmaps'],
      ['delete', 'configmaps'],
      ['list', 'configmaps'],
      ['patch', 'services'],
    ] as const;

    async function syncWithout(verb: string, resource: string) {
      const namespace = `rbac-${verb}-${resource}`;
      const user = `no-${verb}-${resource}`;
      await createNamespace(namespace);
      await allowAllBut(namespace, user, verb, resource);
      using project = new FaultyProject({ proxy, namespace, releases: ['web'], as: user });
      return { namespace, user, ...(await project.run('sync')) };
    }

    test.concurrent.each(needed)('of the right to %s %s', async (verb, resource) => {
      const { code, stderr, user, namespace } = await syncWithout(verb, resource);
      expect(code, stderr).toBe(1);
      const told = stderr.split('\n').filter((line) => line.startsWith('error '));
      expect(told, stderr).toEqual([expect.stringMatching(/ helmfile\.yaml:2:\d+$/)]);
      expect(stderr).toContain(`\n  ${namespace}/web: `);
      expect(stderr).toContain(
        `User "${user}" cannot ${verb} resource "${resource}" in API group "" in the namespace "${namespace}"`,
      );
    });

    test.concurrent.each([['create'], ['delete']])(
      'of the right to %s leases is lived with',
      async (verb) => {
        const { code, stderr, namespace } = await syncWithout(verb, 'leases');
        expect(code, stderr).toBe(0);
        expect(await historyByHelm(plane.kubeconfig, { namespace, name: 'web' })).toEqual(['1 deployed']);
      },
    );

    test('of the next revision by a webhook leaves the last one as it was', async () => {
      const namespace = 'webhook';
      await createNamespace(namespace);
      using project = new FaultyProject({ proxy, namespace, releases: ['web'] });
      expect((await project.run('sync')).code).toBe(0);
      await using webhook = await startRefusingWebhook('web-b', 'not today');
      const rule = {
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: ['UPDATE'],
        resources: ['configmaps'],
      };
      await create('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
        metadata: { name: 'no-web-b' },
        webhooks: [
          {
            name: 'no.web-b.example.com',
            admissionReviewVersions: ['v1'],
            sideEffects: 'None',
            clientConfig: { url: webhook.url, caBundle: webhook.caBundle },
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
            rules: [rule],
          },
        ],
      });
      await new Promise((done) => setTimeout(done, 1500));
      project.write({ value: '2' });
      const refused = await project.run('sync');
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain(`\n  ${namespace}/web: `);
      expect(refused.stderr).toContain(
        'admission webhook "no.web-b.example.com" denied the request: not today',
      );
      expect(webhook.asked).toContain('web-b');
      expect(await historyByHelm(plane.kubeconfig, { namespace, name: 'web' })).toEqual([
        '1 deployed',
        '2 failed',
      ]);
    });

    test('of everything new by a namespace that is being deleted', async () => {
      const namespace = 'ending';
      await create('v1', 'Namespace', { metadata: { name: namespace, finalizers: ['example.com/hold'] } });
      const mapping = await cluster.mapping('v1', 'Namespace', { signal });
      await cluster.delete({ mapping, namespace: '', name: namespace }, { signal });
      using project = new FaultyProject({ proxy, namespace, releases: ['web'] });
      const { code, stderr } = await project.run('sync');
      expect(code).toBe(1);
      expect(stderr).toContain(`\n  ${namespace}/web: `);
      expect(stderr).toContain(`because it is being terminated`);
    });
  },
);
