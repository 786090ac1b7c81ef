/** Types of the core group and of metadata. One type a line; the notation is explained in type-schema.ts. Facts of Kubernetes 1.36's OpenAPI documents. */
export const coreTypes = `
ConfigMap binaryData:{y} data:{s} immutable:b
Endpoints subsets:[EndpointSubset]
Event action:s count:i eventTime:t firstTimestamp:t involvedObject:=ObjectReference lastTimestamp:t message:s reason:s related:ObjectReference reportingComponent:s reportingInstance:s series:EventSeries source:=EventSource type:s
LimitRange spec:=LimitRangeSpec
Namespace spec:=NamespaceSpec status:=NamespaceStatus
Node spec:=NodeSpec status:=NodeStatus
PersistentVolumeClaim apiVersion:s kind:s metadata:=ObjectMeta spec:=PersistentVolumeClaimSpec status:=PersistentVolumeClaimStatus
PersistentVolume spec:=PersistentVolumeSpec status:=PersistentVolumeStatus
Pod spec:=PodSpec status:=PodStatus
PodTemplate template:=PodTemplateSpec
ReplicationController spec:=ReplicationControllerSpec status:=ReplicationControllerStatus
ResourceQuota spec:=ResourceQuotaSpec status:=ResourceQuotaStatus
Secret data:{y} immutable:b stringData:{s} type:s
ServiceAccount automountServiceAccountToken:b imagePullSecrets:[LocalObjectReference] secrets:[ObjectReference]<name>~m
Service spec:=ServiceSpec status:=ServiceStatus
EndpointSubset addresses:[EndpointAddress] notReadyAddresses:[EndpointAddress] ports:[CoreEndpointPort]
!ObjectReference apiVersion:s fieldPath:s kind:s name:s namespace:s resourceVersion:s uid:s
EventSeries count:i lastObservedTime:t
EventSource component:s host:s
LimitRangeSpec limits:=[LimitRangeItem]
NamespaceSpec finalizers:[s]
NamespaceStatus conditions:[NamespaceCondition]<type>~m phase:s
NodeSpec configSource:NodeConfigSource externalID:s podCIDR:s podCIDRs:[s]<>~m providerID:s taints:[Taint] unschedulable:b
NodeStatus addresses:[NodeAddress]<type>~m allocatable:{q} capacity:{q} conditions:[NodeCondition]<type>~m config:NodeConfigStatus daemonEndpoints:=NodeDaemonEndpoints declaredFeatures:[s] features:NodeFeatures images:[ContainerImage] nodeInfo:=NodeSystemInfo phase:s runtimeHandlers:[NodeRuntimeHandler] volumesAttached:[AttachedVolume] volumesInUse:[s]
PersistentVolumeClaimSpec accessModes:[s] dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference resources:=VolumeResourceRequirements selector:LabelSelector storageClassName:s volumeAttributesClassName:s volumeMode:s volumeName:s
PersistentVolumeClaimStatus accessModes:[s] allocatedResourceStatuses:{s} allocatedResources:{q} capacity:{q} conditions:[PersistentVolumeClaimCondition]<type>~m currentVolumeAttributesClassName:s modifyVolumeStatus:ModifyVolumeStatus phase:s
PersistentVolumeSpec accessModes:[s] awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFilePersistentVolumeSource capacity:{q} cephfs:CephFSPersistentVolumeSource cinder:CinderPersistentVolumeSource claimRef:ObjectReference csi:CSIPersistentVolumeSource fc:FCVolumeSource flexVolume:FlexPersistentVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource glusterfs:GlusterfsPersistentVolumeSource hostPath:HostPathVolumeSource iscsi:ISCSIPersistentVolumeSource local:LocalVolumeSource mountOptions:[s] nfs:NFSVolumeSource nodeAffinity:VolumeNodeAffinity persistentVolumeReclaimPolicy:s photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource quobyte:QuobyteVolumeSource rbd:RBDPersistentVolumeSource scaleIO:ScaleIOPersistentVolumeSource storageClassName:s storageos:StorageOSPersistentVolumeSource volumeAttributesClassName:s volumeMode:s vsphereVolume:VsphereVirtualDiskVolumeSource
PersistentVolumeStatus lastPhaseTransitionTime:t message:s phase:s reason:s
PodSpec activeDeadlineSeconds:i affinity:Affinity automountServiceAccountToken:b containers:=[Container]<name>~m dnsConfig:PodDNSConfig dnsPolicy:s enableServiceLinks:b ephemeralContainers:[EphemeralContainer]<name>~m hostAliases:[HostAlias]<ip>~m hostIPC:b hostNetwork:b hostPID:b hostUsers:b hostname:s hostnameOverride:s imagePullSecrets:[LocalObjectReference]<name>~m initContainers:[Container]<name>~m nodeName:s nodeSelector:{s}! os:PodOS overhead:{q} preemptionPolicy:s priority:i priorityClassName:s readinessGates:[PodReadinessGate] resourceClaims:[PodResourceClaim]<name>~mk resources:ResourceRequirements restartPolicy:s runtimeClassName:s schedulerName:s schedulingGates:[PodSchedulingGate]<name>~m schedulingGroup:PodSchedulingGroup securityContext:PodSecurityContext serviceAccount:s serviceAccountName:s setHostnameAsFQDN:b shareProcessNamespace:b subdomain:s terminationGracePeriodSeconds:i tolerations:[Toleration] topologySpreadConstraints:[TopologySpreadConstraint]<topologyKey,whenUnsatisfiable>~m volumes:[Volume]<name>~mk
PodStatus allocatedResources:{q} conditions:[PodCondition]<type>~m containerStatuses:[ContainerStatus] ephemeralContainerStatuses:[ContainerStatus] extendedResourceClaimStatus:PodExtendedResourceClaimStatus hostIP:s hostIPs:[HostIP]~m:ip initContainerStatuses:[ContainerStatus] message:s nodeAllocatableResourceClaimStatuses:[NodeAllocatableResourceClaimStatus] nominatedNodeName:s observedGeneration:i phase:s podIP:s podIPs:[PodIP]<ip>~m qosClass:s reason:s resize:s resourceClaimStatuses:[PodResourceClaimStatus]<name>~mk resources:ResourceRequirements startTime:t
PodTemplateSpec metadata:=ObjectMeta spec:=PodSpec
ReplicationControllerSpec minReadySeconds:i replicas:i selector:{s}! template:PodTemplateSpec
ReplicationControllerStatus availableReplicas:i conditions:[ReplicationControllerCondition]<type>~m fullyLabeledReplicas:i observedGeneration:i readyReplicas:i replicas:i
ResourceQuotaSpec hard:{q} scopeSelector:ScopeSelector scopes:[s]
ResourceQuotaStatus hard:{q} used:{q}
!LocalObjectReference name:s
ServiceSpec allocateLoadBalancerNodePorts:b clusterIP:s clusterIPs:[s] externalIPs:[s] externalName:s externalTrafficPolicy:s healthCheckNodePort:i internalTrafficPolicy:s ipFamilies:[s] ipFamilyPolicy:s loadBalancerClass:s loadBalancerIP:s loadBalancerSourceRanges:[s] ports:[ServicePort]<port,protocol>~m publishNotReadyAddresses:b selector:{s}! sessionAffinity:s sessionAffinityConfig:SessionAffinityConfig trafficDistribution:s type:s
ServiceStatus conditions:[Condition]<type>~m loadBalancer:=LoadBalancerStatus
!LabelSelector matchExpressions:[LabelSelectorRequirement] matchLabels:{s}
!TopologySelectorTerm matchLabelExpressions:[TopologySelectorLabelRequirement]
!EndpointPort appProtocol:s name:s port:i protocol:s
!EndpointAddress hostname:s ip:s nodeName:s targetRef:ObjectReference
LimitRangeItem default:{q} defaultRequest:{q} max:{q} maxLimitRequestRatio:{q} min:{q} type:s
NamespaceCondition lastTransitionTime:t message:s reason:s status:s type:s
NodeConfigSource configMap:ConfigMapNodeConfigSource
Taint effect:s key:s timeAdded:t value:s
NodeAddress address:s type:s
NodeCondition lastHeartbeatTime:t lastTransitionTime:t message:s reason:s status:s type:s
NodeConfigStatus active:NodeConfigSource assigned:NodeConfigSource error:s lastKnownGood:NodeConfigSource
NodeDaemonEndpoints kubeletEndpoint:=DaemonEndpoint
NodeFeatures supplementalGroupsPolicy:b
ContainerImage names:[s] sizeBytes:i
NodeSystemInfo architecture:s bootID:s containerRuntimeVersion:s kernelVersion:s kubeProxyVersion:s kubeletVersion:s machineID:s operatingSystem:s osImage:s swap:NodeSwapStatus systemUUID:s
NodeRuntimeHandler features:NodeRuntimeHandlerFeatures name:s
AttachedVolume devicePath:s name:s
!TypedLocalObjectReference apiGroup:s kind:s name:s
TypedObjectReference apiGroup:s kind:s name:s namespace:s
VolumeResourceRequirements limits:{q} requests:{q}
PersistentVolumeClaimCondition lastProbeTime:t lastTransitionTime:t message:s reason:s status:s type:s
ModifyVolumeStatus status:s targetVolumeAttributesClassName:s
AWSElasticBlockStoreVolumeSource fsType:s partition:i readOnly:b volumeID:s
AzureDiskVolumeSource cachingMode:s diskName:s diskURI:s fsType:s kind:s readOnly:b
AzureFilePersistentVolumeSource readOnly:b secretName:s secretNamespace:s shareName:s
CephFSPersistentVolumeSource monitors:=[s] path:s readOnly:b secretFile:s secretRef:SecretReference user:s
CinderPersistentVolumeSource fsType:s readOnly:b secretRef:SecretReference volumeID:s
CSIPersistentVolumeSource controllerExpandSecretRef:SecretReference controllerPublishSecretRef:SecretReference driver:s fsType:s nodeExpandSecretRef:SecretReference nodePublishSecretRef:SecretReference nodeStageSecretRef:SecretReference readOnly:b volumeAttributes:{s} volumeHandle:s
FCVolumeSource fsType:s lun:i readOnly:b targetWWNs:[s] wwids:[s]
FlexPersistentVolumeSource driver:s fsType:s options:{s} readOnly:b secretRef:SecretReference
FlockerVolumeSource datasetName:s datasetUUID:s
GCEPersistentDiskVolumeSource fsType:s partition:i pdName:s readOnly:b
GlusterfsPersistentVolumeSource endpoints:s endpointsNamespace:s path:s readOnly:b
HostPathVolumeSource path:s type:s
ISCSIPersistentVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn:s iscsiInterface:s lun:i portals:[s] readOnly:b secretRef:SecretReference targetPortal:s
LocalVolumeSource fsType:s path:s
NFSVolumeSource path:s readOnly:b server:s
VolumeNodeAffinity required:NodeSelector
PhotonPersistentDiskVolumeSource fsType:s pdID:s
PortworxVolumeSource fsType:s readOnly:b volumeID:s
QuobyteVolumeSource group:s readOnly:b registry:s tenant:s user:s volume:s
RBDPersistentVolumeSource fsType:s image:s keyring:s monitors:=[s] pool:s readOnly:b secretRef:SecretReference user:s
ScaleIOPersistentVolumeSource fsType:s gateway:s protectionDomain:s readOnly:b secretRef:SecretReference sslEnabled:b storageMode:s storagePool:s system:s volumeName:s
StorageOSPersistentVolumeSource fsType:s readOnly:b secretRef:ObjectReference volumeName:s volumeNamespace:s
VsphereVirtualDiskVolumeSource fsType:s storagePolicyID:s storagePolicyName:s volumePath:s
Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
Container args:[s] command:[s] env:[EnvVar]<name>~m envFrom:[EnvFromSource] image:s imagePullPolicy:s lifecycle:Lifecycle livenessProbe:Probe name:s ports:[ContainerPort]<containerPort,protocol>~m readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources:=ResourceRequirements restartPolicy:s restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:b stdinOnce:b terminationMessagePath:s terminationMessagePolicy:s tty:b volumeDevices:[VolumeDevice]<devicePath>~m volumeMounts:[VolumeMount]<mountPath>~m workingDir:s
PodDNSConfig nameservers:[s] options:[PodDNSConfigOption] searches:[s]
EphemeralContainer args:[s] command:[s] env:[EnvVar]<name>~m envFrom:[EnvFromSource] image:s imagePullPolicy:s lifecycle:Lifecycle livenessProbe:Probe name:s ports:[ContainerPort]<containerPort,protocol>~m readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources:=ResourceRequirements restartPolicy:s restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:b stdinOnce:b targetContainerName:s terminationMessagePath:s terminationMessagePolicy:s tty:b volumeDevices:[VolumeDevice]<devicePath>~m volumeMounts:[VolumeMount]<mountPath>~m workingDir:s
HostAlias hostnames:[s] ip:s
PodOS name:s
PodReadinessGate conditionType:s
PodResourceClaim name:s resourceClaimName:s resourceClaimTemplateName:s
ResourceRequirements claims:[ResourceClaim]<name> limits:{q} requests:{q}
PodSchedulingGate name:s
PodSchedulingGroup podGroupName:s
PodSecurityContext appArmorProfile:AppArmorProfile fsGroup:i fsGroupChangePolicy:s runAsGroup:i runAsNonRoot:b runAsUser:i seLinuxChangePolicy:s seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile supplementalGroups:[i] supplementalGroupsPolicy:s sysctls:[Sysctl] windowsOptions:WindowsSecurityContextOptions
Toleration effect:s key:s operator:s tolerationSeconds:i value:s
TopologySpreadConstraint labelSelector:LabelSelector matchLabelKeys:[s] maxSkew:i minDomains:i nodeAffinityPolicy:s nodeTaintsPolicy:s topologyKey:s whenUnsatisfiable:s
Volume awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFileVolumeSource cephfs:CephFSVolumeSource cinder:CinderVolumeSource configMap:ConfigMapVolumeSource csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:FCVolumeSource flexVolume:FlexVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource gitRepo:GitRepoVolumeSource glusterfs:GlusterfsVolumeSource hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:ISCSIVolumeSource name:s nfs:NFSVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RBDVolumeSource scaleIO:ScaleIOVolumeSource secret:SecretVolumeSource storageos:StorageOSVolumeSource vsphereVolume:VsphereVirtualDiskVolumeSource
PodCondition lastProbeTime:t lastTransitionTime:t message:s observedGeneration:i reason:s status:s type:s
ContainerStatus allocatedResources:{q} allocatedResourcesStatus:[ResourceStatus]<name>~m containerID:s image:s imageID:s lastState:=ContainerState name:s ready:b resources:ResourceRequirements restartCount:i started:b state:=ContainerState stopSignal:s user:ContainerUser volumeMounts:[VolumeMountStatus]<mountPath>~m
PodExtendedResourceClaimStatus requestMappings:=[ContainerExtendedResourceRequest] resourceClaimName:s
HostIP ip:s
NodeAllocatableResourceClaimStatus containers:[s]<> resourceClaimName:s resources:{q}
PodIP ip:s
PodResourceClaimStatus name:s resourceClaimName:s
ObjectMeta annotations:{s} creationTimestamp:t deletionGracePeriodSeconds:i deletionTimestamp:t finalizers:[s]<>~m generateName:s generation:i labels:{s} managedFields:[ManagedFieldsEntry] name:s namespace:s ownerReferences:[OwnerReference]<uid>~m resourceVersion:s selfLink:s uid:s
ReplicationControllerCondition lastTransitionTime:t message:s reason:s status:s type:s
!ScopeSelector matchExpressions:[ScopedResourceSelectorRequirement]
ServicePort appProtocol:s name:s nodePort:i port:i protocol:s targetPort:q
SessionAffinityConfig clientIP:ClientIPConfig
Condition lastTransitionTime:t message:s observedGeneration:i reason:s status:s type:s
LoadBalancerStatus ingress:[LoadBalancerIngress]
LabelSelectorRequirement key:s operator:s values:[s]
TopologySelectorLabelRequirement key:s values:=[s]
ConfigMapNodeConfigSource kubeletConfigKey:s name:s namespace:s resourceVersion:s uid:s
DaemonEndpoint Port:i
NodeSwapStatus capacity:i
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:b userNamespaces:b
!SecretReference name:s namespace:s
!NodeSelector nodeSelectorTerms:=[NodeSelectorTerm]
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm] requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
EnvVar name:s value:s valueFrom:EnvVarSource
EnvFromSource configMapRef:ConfigMapEnvSource prefix:s secretRef:SecretEnvSource
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler stopSignal:s
Probe exec:ExecAction failureThreshold:i grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds:i periodSeconds:i successThreshold:i tcpSocket:TCPSocketAction terminationGracePeriodSeconds:i timeoutSeconds:i
ContainerPort containerPort:i hostIP:s hostPort:i name:s protocol:s
ContainerResizePolicy resourceName:s restartPolicy:s
ContainerRestartRule action:s exitCodes:ContainerRestartRuleOnExitCodes
SecurityContext allowPrivilegeEscalation:b appArmorProfile:AppArmorProfile capabilities:Capabilities privileged:b procMount:s readOnlyRootFilesystem:b runAsGroup:i runAsNonRoot:b runAsUser:i seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions
VolumeDevice devicePath:s name:s
VolumeMount mountPath:s mountPropagation:s name:s readOnly:b recursiveReadOnly:s subPath:s subPathExpr:s
PodDNSConfigOption name:s value:s
ResourceClaim name:s request:s
AppArmorProfile localhostProfile:s type:s
SELinuxOptions level:s role:s type:s user:s
SeccompProfile localhostProfile:s type:s
Sysctl name:s value:s
WindowsSecurityContextOptions gmsaCredentialSpec:s gmsaCredentialSpecName:s hostProcess:b runAsUserName:s
AzureFileVolumeSource readOnly:b secretName:s shareName:s
CephFSVolumeSource monitors:=[s] path:s readOnly:b secretFile:s secretRef:LocalObjectReference user:s
CinderVolumeSource fsType:s readOnly:b secretRef:LocalObjectReference volumeID:s
ConfigMapVolumeSource defaultMode:i items:[KeyToPath] name:s optional:b
CSIVolumeSource driver:s fsType:s nodePublishSecretRef:LocalObjectReference readOnly:b volumeAttributes:{s}
DownwardAPIVolumeSource defaultMode:i items:[DownwardAPIVolumeFile]
EmptyDirVolumeSource medium:s sizeLimit:q
EphemeralVolumeSource volumeClaimTemplate:PersistentVolumeClaimTemplate
FlexVolumeSource driver:s fsType:s options:{s} readOnly:b secretRef:LocalObjectReference
GitRepoVolumeSource directory:s repository:s revision:s
GlusterfsVolumeSource endpoints:s path:s readOnly:b
ImageVolumeSource pullPolicy:s reference:s
ISCSIVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn:s iscsiInterface:s lun:i portals:[s] readOnly:b secretRef:LocalObjectReference targetPortal:s
PersistentVolumeClaimVolumeSource claimName:s readOnly:b
ProjectedVolumeSource defaultMode:i sources:[VolumeProjection]
RBDVolumeSource fsType:s image:s keyring:s monitors:=[s] pool:s readOnly:b secretRef:LocalObjectReference user:s
ScaleIOVolumeSource fsType:s gateway:s protectionDomain:s readOnly:b secretRef:LocalObjectReference sslEnabled:b storageMode:s storagePool:s system:s volumeName:s
SecretVolumeSource defaultMode:i items:[KeyToPath] optional:b secretName:s
StorageOSVolumeSource fsType:s readOnly:b secretRef:LocalObjectReference volumeName:s volumeNamespace:s
ResourceStatus name:s resources:[ResourceHealth]<resourceID>
ContainerState running:ContainerStateRunning terminated:ContainerStateTerminated waiting:ContainerStateWaiting
ContainerUser linux:LinuxContainerUser
VolumeMountStatus mountPath:s name:s readOnly:b recursiveReadOnly:s volumeStatus:VolumeStatus
ContainerExtendedResourceRequest containerName:s requestName:s resourceName:s
ManagedFieldsEntry apiVersion:s fieldsType:s fieldsV1:a manager:s operation:s subresource:s time:t
!OwnerReference apiVersion:s blockOwnerDeletion:b controller:b kind:s name:s uid:s
ScopedResourceSelectorRequirement operator:s scopeName:s values:[s]
ClientIPConfig timeoutSeconds:i
LoadBalancerIngress hostname:s ip:s ipMode:s ports:[PortStatus]
!NodeSelectorTerm matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]
PreferredSchedulingTerm preference:=NodeSelectorTerm weight:i
WeightedPodAffinityTerm podAffinityTerm:=PodAffinityTerm weight:i
PodAffinityTerm labelSelector:LabelSelector matchLabelKeys:[s] mismatchLabelKeys:[s] namespaceSelector:LabelSelector namespaces:[s] topologyKey:s
EnvVarSource configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector fileKeyRef:FileKeySelector resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector
ConfigMapEnvSource name:s optional:b
SecretEnvSource name:s optional:b
LifecycleHandler exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction
ExecAction command:[s]
GRPCAction port:i service:s
HTTPGetAction host:s httpHeaders:[HTTPHeader] path:s port:q scheme:s
TCPSocketAction host:s port:q
ContainerRestartRuleOnExitCodes operator:s values:[i]<>
Capabilities add:[s] drop:[s]
KeyToPath key:s mode:i path:s
DownwardAPIVolumeFile fieldRef:ObjectFieldSelector mode:i path:s resourceFieldRef:ResourceFieldSelector
PersistentVolumeClaimTemplate metadata:=ObjectMeta spec:=PersistentVolumeClaimSpec
VolumeProjection clusterTrustBundle:ClusterTrustBundleProjection configMap:ConfigMapProjection downwardAPI:DownwardAPIProjection podCertificate:PodCertificateProjection secret:SecretProjection serviceAccountToken:ServiceAccountTokenProjection
ResourceHealth health:s message:s resourceID:s
ContainerStateRunning startedAt:t
ContainerStateTerminated containerID:s exitCode:i finishedAt:t message:s reason:s signal:i startedAt:t
ContainerStateWaiting message:s reason:s
LinuxContainerUser gid:i supplementalGroups:[i] uid:i
VolumeStatus image:ImageVolumeStatus
PortStatus error:s port:i protocol:s
NodeSelectorRequirement key:s operator:s values:[s]
!ConfigMapKeySelector key:s name:s optional:b
!ObjectFieldSelector apiVersion:s fieldPath:s
!FileKeySelector key:s optional:b path:s volumeName:s
!ResourceFieldSelector containerName:s divisor:q resource:s
!SecretKeySelector key:s name:s optional:b
SleepAction seconds:i
HTTPHeader name:s value:s
ClusterTrustBundleProjection labelSelector:LabelSelector name:s optional:b path:s signerName:s
ConfigMapProjection items:[KeyToPath] name:s optional:b
DownwardAPIProjection items:[DownwardAPIVolumeFile]
PodCertificateProjection certificateChainPath:s credentialBundlePath:s keyPath:s keyType:s maxExpirationSeconds:i signerName:s userAnnotations:{s}
SecretProjection items:[KeyToPath] name:s optional:b
ServiceAccountTokenProjection audience:s expirationSeconds:i path:s
ImageVolumeStatus imageRef:s
`;
