/**
 * The kinds a sandbox serves: a fixed table of built-in ones and those that CRDs bring. Comes in: the CRDs there are.
 * Goes out: how a kind is reached, its type, and discovery. Not its business: objects.
 */
import type { ResourceMapping } from '../cluster.ts';
import { at, type JsonObject, listAt, textAt } from '../json-object.ts';
import { customObjectType, schemaOfVersion } from './schema/custom-schema.ts';
import { objectType, type ValueType } from './schema/type-schema.ts';

export interface KindInfo {
  readonly mapping: ResourceMapping;
  /** Where its objects are kept, whatever version they are asked in: `apps/deployments`. */
  readonly store: string;
  readonly type: ValueType;
  readonly isCustom: boolean;
  /** `status` is not written by users. */
  readonly hasStatus: boolean;
  /** metadata.generation counts changes of what is wanted. */
  readonly hasGeneration: boolean;
}

/** `group/version` and then `resource Kind` with marks: `-` cluster-wide, `s` status apart, `g` generation. */
const builtIn = `
v1: configmaps ConfigMap, endpoints Endpoints, events Event, limitranges LimitRange, namespaces Namespace -s,
 nodes Node -s, persistentvolumeclaims PersistentVolumeClaim s, persistentvolumes PersistentVolume -s, pods Pod sg,
 podtemplates PodTemplate, replicationcontrollers ReplicationController sg, resourcequotas ResourceQuota s,
 secrets Secret, serviceaccounts ServiceAccount, services Service s
apiregistration.k8s.io/v1: apiservices APIService -s
apps/v1: controllerrevisions ControllerRevision, daemonsets DaemonSet sg, deployments Deployment sg,
 replicasets ReplicaSet sg, statefulsets StatefulSet sg
autoscaling/v2: horizontalpodautoscalers HorizontalPodAutoscaler s
batch/v1: cronjobs CronJob sg, jobs Job sg
certificates.k8s.io/v1: certificatesigningrequests CertificateSigningRequest -s
networking.k8s.io/v1: ingressclasses IngressClass -g, ingresses Ingress sg, networkpolicies NetworkPolicy g
policy/v1: poddisruptionbudgets PodDisruptionBudget sg
rbac.authorization.k8s.io/v1: clusterrolebindings ClusterRoleBinding -, clusterroles ClusterRole -,
 rolebindings RoleBinding, roles Role
storage.k8s.io/v1: csidrivers CSIDriver -, csinodes CSINode -, csistoragecapacities CSIStorageCapacity,
 storageclasses StorageClass -, volumeattachments VolumeAttachment -s
admissionregistration.k8s.io/v1: mutatingwebhookconfigurations MutatingWebhookConfiguration -g,
 validatingadmissionpolicies ValidatingAdmissionPolicy -sg,
 validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding -g,
 validatingwebhookconfigurations ValidatingWebhookConfiguration -g
apiextensions.k8s.io/v1: customresourcedefinitions CustomResourceDefinition -sg
scheduling.k8s.io/v1: priorityclasses PriorityClass -g
coordination.k8s.io/v1: leases Lease
node.k8s.io/v1: runtimeclasses RuntimeClass -
discovery.k8s.io/v1: endpointslices EndpointSlice g
events.k8s.io/v1: events Event
`;

export const crdStore = 'apiextensions.k8s.io/customresourcedefinitions';

export class Catalogue {
  readonly #kinds = new Map<string, KindInfo>();
  readonly #groupVersions = new Set<string>();

  constructor(crds: Iterable<JsonObject>) {
    for (const line of builtIn.replaceAll('\n ', ' ').trim().split('\n')) this.#addLine(line);
    for (const crd of crds) this.#addCrd(crd);
  }

  #addLine(line: string): void {
    const [apiVersion = '', entries = ''] = line.split(': ');
    for (const entry of entries.split(',')) {
      const [resource = '', kind = '', marks = ''] = entry.trim().split(' ');
      const type = apiVersion === 'events.k8s.io/v1' ? `Events${kind}` : kind;
      this.#add(apiVersion, {
        mapping: { ...groupVersion(apiVersion), kind, resource, isNamespaced: !marks.includes('-') },
        isCustom: false,
        hasStatus: marks.includes('s'),
        hasGeneration: marks.includes('g'),
        typeOf: () => objectType(type),
      });
    }
  }

  #addCrd(crd: JsonObject): void {
    if (!isEstablished(crd)) return;
    const group = textAt(crd, 'spec', 'group');
    const kind = textAt(crd, 'spec', 'names', 'kind');
    for (const version of listAt(crd, 'spec', 'versions')) {
      if (at(version, 'served') !== true) continue;
      const name = textAt(version, 'name');
      this.#add(`${group}/${name}`, {
        mapping: {
          group,
          version: name,
          kind,
          resource: textAt(crd, 'spec', 'names', 'plural'),
          isNamespaced: textAt(crd, 'spec', 'scope') === 'Namespaced',
        },
        isCustom: true,
        hasStatus: at(version, 'subresources', 'status') !== undefined,
        hasGeneration: true,
        typeOf: () => customObjectType(kind, schemaOfVersion(crd, name)),
      });
    }
  }

  #add(
    apiVersion: string,
    entry: Omit<KindInfo, 'store' | 'type'> & { readonly typeOf: () => ValueType },
  ): void {
    const { typeOf, ...rest } = entry;
    let type: ValueType | undefined;
    const { group, resource } = entry.mapping;
    const info: KindInfo = {
      ...rest,
      store: `${group}/${resource}`,
      get type() {
        type ??= typeOf();
        return type;
      },
    };
    this.#groupVersions.add(apiVersion);
    this.#kinds.set(`${apiVersion}/${entry.mapping.kind}`, info);
  }

  find(apiVersion: string, kind: string): KindInfo | undefined {
    return this.#kinds.get(`${apiVersion}/${kind}`);
  }

  /** Group versions, then kinds. */
  apiVersions(): readonly string[] {
    return [...this.#groupVersions, ...this.#kinds.keys()];
  }
}

function groupVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash === -1
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function isEstablished(crd: JsonObject): boolean {
  return listAt(crd, 'status', 'conditions').some(
    (each) => textAt(each, 'type') === 'Established' && textAt(each, 'status') === 'True',
  );
}
