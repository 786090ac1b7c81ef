/**
 * Checks that users meet in practice: names, labels, what a workload must have, and what may not change. Comes in: an
 * object before (if any) and after. Goes out: problems in the API server's words. It is no complete validation.
 */
import { isDeepStrictEqual } from 'node:util';
import { at, type JsonObject, listAt, nameOf, objectOf, textAt, textsAt } from '../../json-object.ts';
import type { KindInfo } from '../catalogue.ts';
import { matchesSelector } from '../selectors.ts';

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const labelValueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** Kinds whose names become DNS labels; those of RBAC may be nearly anything. */
const labelNamed: ReadonlySet<string> = new Set(['/namespaces', '/services']);

export function objectProblems(info: KindInfo, object: JsonObject): readonly string[] {
  return [...nameProblems(info, nameOf(object)), ...labelProblems(object), ...specProblems(info, object)];
}

function nameProblems({ store }: KindInfo, name: string): readonly string[] {
  if (name === '') return ['metadata.name: Required value: name or generateName is required'];
  if (store.startsWith('rbac.authorization.k8s.io/')) return [];
  const quoted = JSON.stringify(name);
  if (labelNamed.has(store)) {
    if (name.includes('.')) return [`metadata.name: Invalid value: ${quoted}: must not contain dots`];
    if (name.length > 63) return [`metadata.name: Invalid value: ${quoted}: must be no more than 63 bytes`];
    return dnsLabel.test(name) ? [] : [`metadata.name: Invalid value: ${quoted}: ${labelRule}`];
  }
  if (name.length > 253) return [`metadata.name: Invalid value: ${quoted}: must be no more than 253 bytes`];
  return dnsSubdomain.test(name) ? [] : [`metadata.name: Invalid value: ${quoted}: ${subdomainRule}`];
}

function labelProblems(object: JsonObject): readonly string[] {
  return Object.values(textsAt(object, 'metadata', 'labels')).flatMap((value) => {
    const quoted = JSON.stringify(value);
    if (value.length > 63)
      return [`metadata.labels: Invalid value: ${quoted}: must be no more than 63 bytes`];
    return labelValue.test(value) ? [] : [`metadata.labels: Invalid value: ${quoted}: ${labelValueRule}`];
  });
}

const maximumData = 1_048_576;

function specProblems({ store }: KindInfo, object: JsonObject): readonly string[] {
  switch (store) {
    case 'apps/deployments':
    case 'apps/statefulsets':
    case 'apps/daemonsets':
    case 'apps/replicasets':
      return [
        ...selectorProblems(object),
        ...podProblems(objectOf(at(object, 'spec', 'template', 'spec')), 'spec.template.spec'),
      ];
    case 'batch/jobs':
      return [
        ...podProblems(objectOf(at(object, 'spec', 'template', 'spec')), 'spec.template.spec'),
        ...restartProblems(object),
      ];
    case '/pods':
      return podProblems(objectOf(object['spec']), 'spec');
    case '/services':
      return serviceProblems(object);
    case '/secrets':
    case '/configmaps':
      return sizeOfData(object) > maximumData
        ? [`data: Too long: may not be more than ${maximumData} bytes`]
        : [];
    default:
      return [];
  }
}

function selectorProblems(object: JsonObject): readonly string[] {
  const selector = at(object, 'spec', 'selector');
  const labels = at(object, 'spec', 'template', 'metadata', 'labels');
  const missing = selector === undefined ? ['spec.selector: Required value'] : [];
  if (matchesSelector(selector, textsAt(object, 'spec', 'template', 'metadata', 'labels'))) return missing;
  const shown = labels === undefined ? 'null' : JSON.stringify(labels);
  return [
    ...missing,
    `spec.template.metadata.labels: Invalid value: ${shown}: \`selector\` does not match template \`labels\``,
  ];
}

function podProblems(spec: JsonObject | undefined, path: string): readonly string[] {
  const containers = listAt(spec, 'containers');
  if (containers.length === 0) return [`${path}.containers: Required value`];
  const seen = new Set<string>();
  return containers.flatMap((container, index) => {
    const name = textAt(container, 'name');
    const place = `${path}.containers[${index}]`;
    const isDouble = seen.has(name);
    seen.add(name);
    return [
      ...(name === '' ? [`${place}.name: Required value`] : []),
      ...(isDouble && name !== '' ? [`${place}.name: Duplicate value: ${JSON.stringify(name)}`] : []),
      ...(textAt(container, 'image') === '' ? [`${place}.image: Required value`] : []),
    ];
  });
}

function restartProblems(object: JsonObject): readonly string[] {
  const policy = textAt(object, 'spec', 'template', 'spec', 'restartPolicy');
  if (policy !== 'Always') return [];
  return ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'];
}

function serviceProblems(object: JsonObject): readonly string[] {
  const spec = objectOf(object['spec']);
  const isHeadless = textAt(spec, 'clusterIP') === 'None';
  const needsPorts = textAt(spec, 'type') !== 'ExternalName' && !isHeadless;
  const ports = listAt(spec, 'ports');
  if (ports.length === 0) return needsPorts ? ['spec.ports: Required value'] : [];
  if (ports.length === 1) return [];
  return ports.flatMap((port, index) =>
    textAt(port, 'name') === '' ? [`spec.ports[${index}].name: Required value`] : [],
  );
}

function sizeOfData(object: JsonObject): number {
  const isSecret = object['kind'] === 'Secret';
  return Object.values(textsAt(object, 'data')).reduce(
    (sum, text) => sum + (isSecret ? Math.floor((text.length * 3) / 4) : Buffer.byteLength(text)),
    0,
  );
}

/** What an update may not do. */
export function changeProblems(info: KindInfo, before: JsonObject, after: JsonObject): readonly string[] {
  switch (info.store) {
    case 'apps/deployments':
    case 'apps/daemonsets':
    case 'apps/replicasets':
      return immutable(before, after, ['spec', 'selector']);
    case 'apps/statefulsets':
      return statefulSetProblems(before, after);
    case 'batch/jobs':
      return [
        ...immutable(before, after, ['spec', 'completions']),
        ...immutable(before, after, ['spec', 'selector']),
        ...immutable(before, after, ['spec', 'template']),
      ];
    case '/services':
      return addressProblems(before, after);
    case '/secrets':
      return [...immutable(before, after, ['type']), ...frozenProblems(before, after)];
    case '/configmaps':
      return frozenProblems(before, after);
    case '/pods':
      return podChangeProblems(before, after);
    case '/persistentvolumeclaims':
      return claimProblems(before, after);
    case 'rbac.authorization.k8s.io/rolebindings':
    case 'rbac.authorization.k8s.io/clusterrolebindings':
      return roleProblems(before, after);
    default:
      return [];
  }
}

function immutable(before: JsonObject, after: JsonObject, path: readonly string[]): readonly string[] {
  const [old, now] = [at(before, ...path), at(after, ...path)];
  if (isDeepStrictEqual(old ?? null, now ?? null)) return [];
  return [`${path.join('.')}: Invalid value: ${JSON.stringify(now ?? null)}: field is immutable`];
}

function without(value: unknown, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(objectOf(value) ?? {}).filter(([name]) => !names.includes(name)));
}

const changeableOfStatefulSets = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

function statefulSetProblems(before: JsonObject, after: JsonObject): readonly string[] {
  const fixed = (object: JsonObject): JsonObject => without(object['spec'], changeableOfStatefulSets);
  if (isDeepStrictEqual(fixed(before), fixed(after))) return [];
  return [
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  ];
}

function addressProblems(before: JsonObject, after: JsonObject): readonly string[] {
  const isBound = (object: JsonObject): boolean => textAt(object, 'spec', 'type') !== 'ExternalName';
  const [old, now] = [listAt(before, 'spec', 'clusterIPs'), listAt(after, 'spec', 'clusterIPs')];
  if (!isBound(before) || !isBound(after) || old.length === 0 || old[0] === now[0]) return [];
  return [`spec.clusterIPs[0]: Invalid value: ${JSON.stringify([...now])}: may not change once set`];
}

function frozenProblems(before: JsonObject, after: JsonObject): readonly string[] {
  if (before['immutable'] !== true) return [];
  const why = 'Forbidden: field is immutable when `immutable` is set';
  const isChanged = (name: string): boolean => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null);
  return [
    ...(after['immutable'] === true ? [] : [`immutable: ${why}`]),
    ...['data', 'binaryData'].filter(isChanged).map((name) => `${name}: ${why}`),
  ];
}

function podChangeProblems(before: JsonObject, after: JsonObject): readonly string[] {
  const fixed = (object: JsonObject): unknown => {
    const free = ['activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds', 'nodeName'];
    const spec = without(object['spec'], free);
    const images = (name: string): readonly JsonObject[] =>
      listAt(spec, name).map((container) => without(container, ['image']));
    return { ...spec, containers: images('containers'), initContainers: images('initContainers') };
  };
  if (isDeepStrictEqual(fixed(before), fixed(after))) return [];
  return [
    'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
  ];
}

function claimProblems(before: JsonObject, after: JsonObject): readonly string[] {
  const fixed = (object: JsonObject): JsonObject =>
    without(object['spec'], ['resources', 'volumeAttributesClassName', 'volumeName']);
  if (isDeepStrictEqual(fixed(before), fixed(after))) return [];
  return [
    'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
  ];
}

function roleProblems(before: JsonObject, after: JsonObject): readonly string[] {
  if (isDeepStrictEqual(before['roleRef'] ?? null, after['roleRef'] ?? null)) return [];
  const ref = objectOf(after['roleRef']) ?? {};
  const shown = { APIGroup: textAt(ref, 'apiGroup'), Kind: textAt(ref, 'kind'), Name: textAt(ref, 'name') };
  return [`roleRef: Invalid value: ${JSON.stringify(shown)}: cannot change roleRef`];
}
