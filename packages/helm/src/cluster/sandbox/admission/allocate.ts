/** Addresses and labels the cluster gives to objects when they are made or changed. */
import { createHash } from 'node:crypto';
import {
  type JsonObject,
  listAt,
  nameOf,
  objectOf,
  textAt,
  textsAt,
  withMetadata,
} from '../../json-object.ts';

/** Completes the object from what it was; `uid` is its own. */
export function allocate(store: string, before: JsonObject | undefined, after: JsonObject): JsonObject {
  switch (store) {
    case '/services':
      return withAddresses(before, after);
    case '/namespaces':
      return withMetadata(after, {
        labels: { ...textsAt(after, 'metadata', 'labels'), 'kubernetes.io/metadata.name': nameOf(after) },
      });
    case 'batch/jobs':
      return before === undefined ? withJobLabels(after) : keepJobLabels(before, after);
    case 'apps/daemonsets':
      return withMetadata(after, {
        annotations: {
          ...textsAt(after, 'metadata', 'annotations'),
          'deprecated.daemonset.template.generation': String(templateGeneration(before, after)),
        },
      });
    default:
      return after;
  }
}

function templateGeneration(before: JsonObject | undefined, after: JsonObject): number {
  const key = 'deprecated.daemonset.template.generation';
  const last = Number(textAt(before, 'metadata', 'annotations', key) || '0');
  const text = (object: JsonObject | undefined): string =>
    JSON.stringify(objectOf(objectOf(object?.['spec'])?.['template']));
  return before !== undefined && text(before) === text(after) ? last : last + 1;
}

/** A number that stays the same for the same text. */
function numberOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

function withAddresses(before: JsonObject | undefined, after: JsonObject): JsonObject {
  const spec = objectOf(after['spec']) ?? {};
  if (textAt(spec, 'type') === 'ExternalName') return after;
  const given = textAt(spec, 'clusterIP') || firstText(listAt(spec, 'clusterIPs'));
  const address = given || textAt(before, 'spec', 'clusterIP') || addressOf(after);
  return {
    ...after,
    spec: { ...spec, clusterIP: address, clusterIPs: [address], ...nodePorts(before, after, spec) },
  };
}

function firstText([first]: readonly unknown[]): string {
  return typeof first === 'string' ? first : '';
}

function addressOf(service: JsonObject): string {
  const number = numberOf(textAt(service, 'metadata', 'uid'));
  return `10.96.${(number >> 8) & 0xff}.${1 + (number % 250)}`;
}

function withoutNodePort(port: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(port).filter(([name]) => name !== 'nodePort'));
}

/** Ports keep the node port they had. */
function nodePorts(before: JsonObject | undefined, after: JsonObject, spec: JsonObject): JsonObject {
  const type = textAt(spec, 'type');
  const ports = listAt(spec, 'ports').map((port) => objectOf(port) ?? {});
  if (ports.length === 0) return {};
  if (type === 'ClusterIP') return { ports: ports.map(withoutNodePort) };
  const old = new Map(
    listAt(before, 'spec', 'ports').map((port) => [textAt(port, 'name'), objectOf(port)?.['nodePort']]),
  );
  const uid = textAt(after, 'metadata', 'uid');
  return {
    ports: ports.map((port, index) => ({
      ...port,
      nodePort:
        port['nodePort'] ??
        old.get(textAt(port, 'name')) ??
        30_000 + (numberOf(`${uid} ${textAt(port, 'name')} ${index}`) % 2768),
    })),
  };
}

const uidLabel = 'batch.kubernetes.io/controller-uid';

function withJobLabels(job: JsonObject): JsonObject {
  const spec = objectOf(job['spec']) ?? {};
  if (spec['manualSelector'] === true) return job;
  const uid = textAt(job, 'metadata', 'uid');
  const labels = {
    [uidLabel]: uid,
    'batch.kubernetes.io/job-name': nameOf(job),
    'controller-uid': uid,
    'job-name': nameOf(job),
  };
  const template = objectOf(spec['template']) ?? {};
  const own = textsAt(template, 'metadata', 'labels');
  const given = textsAt(job, 'metadata', 'labels');
  return {
    ...withMetadata(job, { labels: Object.keys(given).length > 0 ? given : { ...own, ...labels } }),
    spec: {
      ...spec,
      selector: { matchLabels: { [uidLabel]: uid } },
      template: withMetadata(template, { labels: { ...own, ...labels } }),
    },
  };
}

/** An update that says nothing of the labels given at creation keeps them. */
function keepJobLabels(before: JsonObject, after: JsonObject): JsonObject {
  const spec = objectOf(after['spec']) ?? {};
  const template = objectOf(spec['template']) ?? {};
  const labels = {
    ...textsAt(before, 'spec', 'template', 'metadata', 'labels'),
    ...textsAt(template, 'metadata', 'labels'),
  };
  const { selector = objectOf(before['spec'])?.['selector'] } = spec;
  const metadata = { ...objectOf(template['metadata']), labels };
  return { ...after, spec: { ...spec, selector, template: { ...template, metadata } } };
}

const addressFields = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const;

/** Field paths that {@link allocate} fills in at creation and nobody owns. */
export function allocatedFields(store: string, given: JsonObject): readonly (readonly string[])[] {
  const spec = objectOf(given['spec']) ?? {};
  if (store === '/services') {
    return addressFields.filter((name) => spec[name] === undefined).map((name) => ['f:spec', `f:${name}`]);
  }
  if (store !== 'batch/jobs') return [];
  const own = textsAt(spec, 'template', 'metadata', 'labels');
  return [
    ['f:spec', 'f:selector'],
    ...(Object.keys(own).length === 0 ? [['f:spec', 'f:template', 'f:metadata', 'f:labels']] : []),
    ...(Object.keys(textsAt(given, 'metadata', 'labels')).length === 0 ? [['f:metadata', 'f:labels']] : []),
  ];
}
