/**
 * What the API server fills in where a user says nothing. Comes in: an object of a built-in kind. Goes out: the object
 * with defaults: those readiness and ownership depend on. Not its business: addresses (allocate.ts), checks (validate.ts).
 */
import { type JsonObject, listAt, objectOf, textAt } from '../../json-object.ts';

type Defaulter = (object: JsonObject) => JsonObject;

/** Members that are missing are taken from `defaults`. */
function fill(object: JsonObject, defaults: JsonObject): JsonObject {
  return { ...defaults, ...withoutNulls(object) };
}

function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** Changes one member when it is an object. */
function within(object: JsonObject, name: string, change: Defaulter): JsonObject {
  const member = objectOf(object[name]);
  return member === undefined ? object : { ...object, [name]: change(member) };
}

function each(object: JsonObject, name: string, change: Defaulter): JsonObject {
  const list = object[name];
  if (!Array.isArray(list)) return object;
  return {
    ...object,
    [name]: list.map((item) => (objectOf(item) === undefined ? item : change(item as JsonObject))),
  };
}

const probe: Defaulter = (object) =>
  within(
    fill(object, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
    'httpGet',
    (get) => fill(get, { path: '/', scheme: 'HTTP' }),
  );

function pullPolicy(image: string): string {
  const tag = /:([^:/]+)$/.exec(image.split('@')[0] ?? '')?.[1] ?? 'latest';
  return tag === 'latest' && !image.includes('@') ? 'Always' : 'IfNotPresent';
}

const container: Defaulter = (object) => {
  const filled = fill(object, {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(textAt(object, 'image')),
  });
  const withPorts = each(filled, 'ports', (port) => fill(port, { protocol: 'TCP' }));
  const withEnv = each(withPorts, 'env', (variable) =>
    within(variable, 'valueFrom', (from) =>
      within(from, 'fieldRef', (ref) => fill(ref, { apiVersion: 'v1' })),
    ),
  );
  return ['livenessProbe', 'readinessProbe', 'startupProbe'].reduce(
    (result, name) => within(result, name, probe),
    withEnv,
  );
};

const volume: Defaulter = (object) => {
  const mode: Defaulter = (source) => fill(source, { defaultMode: 420 });
  const hasSource = Object.keys(object).some((key) => key !== 'name');
  return ['secret', 'configMap', 'projected', 'downwardAPI'].reduce(
    (result, name) => within(result, name, mode),
    hasSource ? object : { ...object, emptyDir: {} },
  );
};

const podSpec: Defaulter = (object) => {
  const filled = fill(object, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
  const account = textAt(filled, 'serviceAccountName') || textAt(filled, 'serviceAccount');
  const named = account === '' ? filled : { ...filled, serviceAccountName: account, serviceAccount: account };
  const withContainers = each(each(named, 'containers', container), 'initContainers', container);
  return each(withContainers, 'volumes', volume);
};

const template: Defaulter = (object) => within(object, 'spec', podSpec);

function workload(spec: (spec: JsonObject) => JsonObject): Defaulter {
  return (object) => within(object, 'spec', (each) => within(spec(each), 'template', template));
}

const rolling = { type: 'RollingUpdate' } as const;

function rollingUpdate(spec: JsonObject, name: string, defaults: JsonObject): JsonObject {
  const strategy = fill(objectOf(spec[name]) ?? {}, rolling);
  if (strategy['type'] !== 'RollingUpdate') return { ...spec, [name]: strategy };
  const update = fill(objectOf(strategy['rollingUpdate']) ?? {}, defaults);
  return { ...spec, [name]: { ...strategy, rollingUpdate: update } };
}

const deployment = workload((spec) =>
  rollingUpdate(
    fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 }),
    'strategy',
    { maxUnavailable: '25%', maxSurge: '25%' },
  ),
);

const claim: Defaulter = (object) =>
  within(object, 'spec', (spec) => fill(spec, { volumeMode: 'Filesystem' }));

const statefulSet = workload((spec) => {
  const filled = fill(spec, {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  });
  const claims = each(filled, 'volumeClaimTemplates', (item) =>
    claim({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      ...item,
      status: fill(objectOf(item['status']) ?? {}, { phase: 'Pending' }),
    }),
  );
  return rollingUpdate(claims, 'updateStrategy', { partition: 0 });
});

const daemonSet = workload((spec) =>
  rollingUpdate(fill(spec, { revisionHistoryLimit: 10 }), 'updateStrategy', {
    maxUnavailable: 1,
    maxSurge: 0,
  }),
);

const job = workload((spec) => {
  const counts =
    spec['completions'] === undefined && spec['parallelism'] === undefined ? { completions: 1 } : {};
  return fill(spec, {
    ...counts,
    parallelism: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  });
});

const cronJob: Defaulter = (object) =>
  within(object, 'spec', (spec) =>
    within(
      fill(spec, {
        concurrencyPolicy: 'Allow',
        suspend: false,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
      }),
      'jobTemplate',
      (jobTemplate) => within(jobTemplate, 'spec', (inner) => within(inner, 'template', template)),
    ),
  );

const service: Defaulter = (object) =>
  within(object, 'spec', (given) => {
    const spec = each(fill(given, { type: 'ClusterIP', sessionAffinity: 'None' }), 'ports', (port) =>
      fill(port, { protocol: 'TCP', targetPort: port['port'] }),
    );
    const type = textAt(spec, 'type');
    if (type === 'ExternalName') return spec;
    const outside = type === 'ClusterIP' ? {} : { externalTrafficPolicy: 'Cluster' };
    const balanced = type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {};
    return fill(spec, {
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ...outside,
      ...balanced,
    });
  });

const tcpPorts: Defaulter = (rule) => each(rule, 'ports', (port) => fill(port, { protocol: 'TCP' }));

const networkPolicy: Defaulter = (object) =>
  within(object, 'spec', (spec) => each(each(spec, 'ingress', tcpPorts), 'egress', tcpPorts));

/** `stringData` becomes `data`. */
const secret: Defaulter = (object) => {
  const { stringData, ...rest } = object;
  const texts = Object.entries(objectOf(stringData) ?? {});
  const encoded = Object.fromEntries(
    texts.map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]),
  );
  const data = texts.length === 0 ? {} : { data: { ...objectOf(rest['data']), ...encoded } };
  return fill({ ...rest, ...data }, { type: 'Opaque' });
};

const namespace: Defaulter = (object) => ({
  ...object,
  spec: fill(objectOf(object['spec']) ?? {}, { finalizers: ['kubernetes'] }),
});

const crd: Defaulter = (object) =>
  within(object, 'spec', (spec) => {
    const kind = textAt(spec, 'names', 'kind');
    const names = (given: JsonObject): JsonObject =>
      fill(given, { singular: kind.toLowerCase(), listKind: `${kind}List` });
    return fill(within(spec, 'names', names), { conversion: { strategy: 'None' } });
  });

const cpuTarget = { type: 'Utilization', averageUtilization: 80 } as const;

const autoscaler: Defaulter = (object) =>
  within(object, 'spec', (spec) => {
    const metrics = listAt(spec, 'metrics').length > 0 ? {} : { metrics: [cpuMetric] };
    return fill({ ...spec, ...metrics }, { minReplicas: 1 });
  });

const cpuMetric = { type: 'Resource', resource: { name: 'cpu', target: cpuTarget } } as const;

const defaulters: Readonly<Record<string, Defaulter>> = {
  '/pods': (object) => within(object, 'spec', (spec) => podSpec(fill(spec, { enableServiceLinks: true }))),
  '/secrets': secret,
  '/services': service,
  '/namespaces': namespace,
  '/persistentvolumeclaims': claim,
  '/replicationcontrollers': workload((spec) => fill(spec, { replicas: 1 })),
  'apps/deployments': deployment,
  'apps/replicasets': workload((spec) => fill(spec, { replicas: 1 })),
  'apps/statefulsets': statefulSet,
  'apps/daemonsets': daemonSet,
  'batch/jobs': job,
  'batch/cronjobs': cronJob,
  'networking.k8s.io/networkpolicies': networkPolicy,
  'autoscaling/horizontalpodautoscalers': autoscaler,
  'apiextensions.k8s.io/customresourcedefinitions': crd,
};

/** The object with defaults; `store` is the catalogue's place of its kind. */
export function withDefaults(store: string, object: JsonObject): JsonObject {
  return defaulters[store]?.(object) ?? object;
}
