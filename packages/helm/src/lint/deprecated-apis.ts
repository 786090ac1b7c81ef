/** API versions that Kubernetes has deprecated, as of Kubernetes 1.37 (what Helm 4.3.1 lints by). */

interface Deprecation {
  readonly apiVersion: string;
  /** Kubernetes 1.x minors. */
  readonly since: number;
  readonly unavailable: number | undefined;
  readonly replacement: string | undefined;
  /** `Kind`, `Kind+` when its list is deprecated with it, `Kind=Other` when another kind takes its place. */
  readonly kinds: readonly string[];
}

/** API version, minors (deprecated, gone), what to use instead, kinds. */
const table = `
admissionregistration.k8s.io/v1alpha1 35 38 - MutatingAdmissionPolicyBinding+ MutatingAdmissionPolicy+
admissionregistration.k8s.io/v1alpha1 29 32 - ValidatingAdmissionPolicyBinding+ ValidatingAdmissionPolicy+
admissionregistration.k8s.io/v1beta1 37 40 admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding+ MutatingAdmissionPolicy+
admissionregistration.k8s.io/v1beta1 16 22 admissionregistration.k8s.io/v1 MutatingWebhookConfiguration+ ValidatingWebhookConfiguration+
admissionregistration.k8s.io/v1beta1 31 34 - ValidatingAdmissionPolicyBinding+ ValidatingAdmissionPolicy+
apps/v1beta1 8 16 apps/v1 ControllerRevision+ DeploymentRollback Deployment+ StatefulSet+
apps/v1beta1 8 16 autoscaling/v1 Scale
apps/v1beta2 9 16 apps/v1 ControllerRevision+ DaemonSet+ Deployment+ ReplicaSet+ StatefulSet+
apps/v1beta2 9 16 autoscaling/v1 Scale
authentication.k8s.io/v1alpha1 29 32 - SelfSubjectReview
authentication.k8s.io/v1beta1 30 33 - SelfSubjectReview
authentication.k8s.io/v1beta1 19 22 authentication.k8s.io/v1 TokenReview
authorization.k8s.io/v1beta1 19 22 authorization.k8s.io/v1 LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview
batch/v1beta1 21 25 batch/v1 CronJob+
certificates.k8s.io/v1alpha1 34 37 - ClusterTrustBundle+
certificates.k8s.io/v1beta1 19 22 certificates.k8s.io/v1 CertificateSigningRequest+
certificates.k8s.io/v1beta1 37 40 certificates.k8s.io/v1 ClusterTrustBundle+ PodCertificateRequest+
coordination.k8s.io/v1alpha2 35 38 - LeaseCandidate+
coordination.k8s.io/v1beta1 36 39 - LeaseCandidate+
coordination.k8s.io/v1beta1 19 22 coordination.k8s.io/v1 Lease+
discovery.k8s.io/v1beta1 21 25 discovery.k8s.io/v1 EndpointSliceList=EndpointSlice EndpointSlice
events.k8s.io/v1beta1 22 25 - Event+
extensions/v1beta1 8 16 apps/v1 DaemonSet+ Deployment+ ReplicaSet+
extensions/v1beta1 8 16 - DeploymentRollback
extensions/v1beta1 14 22 networking.k8s.io/v1 Ingress+
extensions/v1beta1 9 16 networking.k8s.io/v1 NetworkPolicy+
extensions/v1beta1 2 16 - Scale
flowcontrol.apiserver.k8s.io/v1beta1 23 26 flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema+ PriorityLevelConfiguration+
flowcontrol.apiserver.k8s.io/v1beta2 26 29 flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema+ PriorityLevelConfiguration+
flowcontrol.apiserver.k8s.io/v1beta3 29 32 flowcontrol.apiserver.k8s.io/v1 FlowSchema+ PriorityLevelConfiguration+
lifecycle.k8s.io/v1alpha1 40 43 - EvictionRequest+ Eviction+
networking.k8s.io/v1beta1 34 37 - IPAddress+ ServiceCIDR+
networking.k8s.io/v1beta1 19 22 networking.k8s.io/v1 IngressClassList IngressClass=IngressClassList Ingress+
node.k8s.io/v1beta1 22 25 - RuntimeClass+
policy/v1beta1 22 25 - Eviction
policy/v1beta1 21 25 policy/v1 PodDisruptionBudget+
rbac.authorization.k8s.io/v1beta1 17 22 rbac.authorization.k8s.io/v1 ClusterRoleBinding+ ClusterRole+ RoleBinding+ Role+
resource.k8s.io/v1alpha3 36 39 - DeviceTaintRule+
resource.k8s.io/v1alpha3 39 42 - ResourcePoolStatusRequest+
resource.k8s.io/v1beta1 35 38 - DeviceClass+ ResourceClaimTemplate+ ResourceClaim+ ResourceSlice+
resource.k8s.io/v1beta2 36 39 - DeviceClass+ ResourceClaimTemplate+ ResourceClaim+ ResourceSlice+
resource.k8s.io/v1beta2 39 42 - DeviceTaintRule+
scheduling.k8s.io/v1beta1 40 43 - PodGroup+ Workload+
scheduling.k8s.io/v1beta1 14 22 scheduling.k8s.io/v1 PriorityClass+
storage.k8s.io/v1alpha1 21 24 storage.k8s.io/v1beta1 CSIStorageCapacity+
storage.k8s.io/v1alpha1 21 24 storage.k8s.io/v1 VolumeAttachment+
storage.k8s.io/v1alpha1 32 35 storage.k8s.io/v1 VolumeAttributesClass+
storage.k8s.io/v1beta1 19 22 storage.k8s.io/v1 CSIDriver+ StorageClass+ VolumeAttachment+
storage.k8s.io/v1beta1 17 22 storage.k8s.io/v1 CSINodeList=CSINode CSINode
storage.k8s.io/v1beta1 24 27 storage.k8s.io/v1 CSIStorageCapacity+
storage.k8s.io/v1beta1 34 37 storage.k8s.io/v1 VolumeAttributesClass+
storagemigration.k8s.io/v1beta1 37 40 storagemigration.k8s.io/v1 StorageVersionMigration+
v1 19 - - ComponentStatus+
v1 33 - discovery.k8s.io/v1 EndpointsList=EndpointSliceList Endpoints=EndpointSlice
`;

let rows: readonly Deprecation[] | undefined;

function deprecations(): readonly Deprecation[] {
  rows ??= table
    .trim()
    .split('\n')
    .map((line) => {
      const [apiVersion = '', since = '', unavailable = '-', replacement = '-', ...kinds] = line.split(' ');
      return {
        apiVersion,
        since: Number(since),
        unavailable: unavailable === '-' ? undefined : Number(unavailable),
        replacement: replacement === '-' ? undefined : replacement,
        kinds,
      };
    });
  return rows;
}

/** Kubernetes' warning for a kind at a version 1.`minor`; undefined when nothing is wrong with it. */
export function deprecationWarning(apiVersion: string, kind: string, minor: number): string | undefined {
  for (const row of deprecations()) {
    if (row.apiVersion !== apiVersion || row.since > minor) continue;
    const instead = replacementKind(kind, row.kinds);
    if (instead !== undefined) return warningText(kind, instead, row);
  }
  return undefined;
}

/** The kind to use instead; undefined when the row does not speak of this one. */
function replacementKind(kind: string, kinds: readonly string[]): string | undefined {
  for (const entry of kinds) {
    const name = entry.replace('+', '');
    const [from = '', to = from] = name.split('=');
    if (from === kind) return to;
    if (entry.endsWith('+') && `${from}List` === kind) return kind;
  }
  return undefined;
}

function warningText(kind: string, instead: string, row: Deprecation): string {
  const gone = row.unavailable === undefined ? '' : `, unavailable in v1.${row.unavailable}+`;
  const use = row.replacement === undefined ? '' : `; use ${row.replacement} ${instead}`;
  return `${row.apiVersion} ${kind} is deprecated in v1.${row.since}+${gone}${use}`;
}
