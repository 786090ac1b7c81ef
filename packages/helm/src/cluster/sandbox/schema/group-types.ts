/** Types of the named groups. One type a line; the notation is explained in type-schema.ts. Facts of Kubernetes 1.36's OpenAPI documents. */
export const groupTypes = `
APIService spec:=APIServiceSpec status:=APIServiceStatus
ControllerRevision data:a revision:i
DaemonSet spec:=DaemonSetSpec status:=DaemonSetStatus
Deployment spec:=DeploymentSpec status:=DeploymentStatus
ReplicaSet spec:=ReplicaSetSpec status:=ReplicaSetStatus
StatefulSet spec:=StatefulSetSpec status:=StatefulSetStatus
EventsEvent action:s deprecatedCount:i deprecatedFirstTimestamp:t deprecatedLastTimestamp:t deprecatedSource:=EventSource eventTime:t note:s reason:s regarding:=ObjectReference related:ObjectReference reportingController:s reportingInstance:s series:EventsEventSeries type:s
HorizontalPodAutoscaler spec:=HorizontalPodAutoscalerSpec status:=HorizontalPodAutoscalerStatus
CronJob spec:=CronJobSpec status:=CronJobStatus
Job spec:=JobSpec status:=JobStatus
CertificateSigningRequest spec:=CertificateSigningRequestSpec status:=CertificateSigningRequestStatus
IngressClass spec:=IngressClassSpec
Ingress spec:=IngressSpec status:=IngressStatus
IPAddress spec:=IPAddressSpec
NetworkPolicy spec:=NetworkPolicySpec
ServiceCIDR spec:=ServiceCIDRSpec status:=ServiceCIDRStatus
PodDisruptionBudget spec:=PodDisruptionBudgetSpec status:=PodDisruptionBudgetStatus
ClusterRoleBinding roleRef:=RoleRef subjects:[Subject]
ClusterRole aggregationRule:AggregationRule rules:[PolicyRule]
RoleBinding roleRef:=RoleRef subjects:[Subject]
Role rules:[PolicyRule]
CSIDriver spec:=CSIDriverSpec
CSINode spec:=CSINodeSpec
CSIStorageCapacity capacity:q maximumVolumeSize:q nodeTopology:LabelSelector storageClassName:s
StorageClass allowVolumeExpansion:b allowedTopologies:[TopologySelectorTerm] mountOptions:[s] parameters:{s} provisioner:s reclaimPolicy:s volumeBindingMode:s
VolumeAttachment spec:=VolumeAttachmentSpec status:=VolumeAttachmentStatus
VolumeAttributesClass driverName:s parameters:{s}
MutatingAdmissionPolicy spec:=MutatingAdmissionPolicySpec
MutatingAdmissionPolicyBinding spec:=MutatingAdmissionPolicyBindingSpec
MutatingWebhookConfiguration webhooks:[MutatingWebhook]<name>~m
ValidatingAdmissionPolicy spec:=ValidatingAdmissionPolicySpec status:=ValidatingAdmissionPolicyStatus
ValidatingAdmissionPolicyBinding spec:=ValidatingAdmissionPolicyBindingSpec
ValidatingWebhookConfiguration webhooks:[ValidatingWebhook]<name>~m
CustomResourceDefinition spec:=CustomResourceDefinitionSpec status:=CustomResourceDefinitionStatus
PriorityClass description:s globalDefault:b preemptionPolicy:s value:i
Lease spec:=LeaseSpec
RuntimeClass handler:s overhead:Overhead scheduling:Scheduling
EndpointSlice addressType:s endpoints:[Endpoint] ports:[EndpointPort]
APIServiceSpec caBundle:y group:s groupPriorityMinimum:i insecureSkipTLSVerify:b service:ServiceReference version:s versionPriority:i
APIServiceStatus conditions:[APIServiceCondition]<type>~m
DaemonSetSpec minReadySeconds:i revisionHistoryLimit:i selector:LabelSelector template:=PodTemplateSpec updateStrategy:=DaemonSetUpdateStrategy
DaemonSetStatus collisionCount:i conditions:[DaemonSetCondition]<type>~m currentNumberScheduled:i desiredNumberScheduled:i numberAvailable:i numberMisscheduled:i numberReady:i numberUnavailable:i observedGeneration:i updatedNumberScheduled:i
DeploymentSpec minReadySeconds:i paused:b progressDeadlineSeconds:i replicas:i revisionHistoryLimit:i selector:LabelSelector strategy:=DeploymentStrategy~k template:=PodTemplateSpec
DeploymentStatus availableReplicas:i collisionCount:i conditions:[DeploymentCondition]<type>~m observedGeneration:i readyReplicas:i replicas:i terminatingReplicas:i unavailableReplicas:i updatedReplicas:i
ReplicaSetSpec minReadySeconds:i replicas:i selector:LabelSelector template:=PodTemplateSpec
ReplicaSetStatus availableReplicas:i conditions:[ReplicaSetCondition]<type>~m fullyLabeledReplicas:i observedGeneration:i readyReplicas:i replicas:i terminatingReplicas:i
StatefulSetSpec minReadySeconds:i ordinals:StatefulSetOrdinals persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy podManagementPolicy:s replicas:i revisionHistoryLimit:i selector:LabelSelector serviceName:s template:=PodTemplateSpec updateStrategy:=StatefulSetUpdateStrategy volumeClaimTemplates:[PersistentVolumeClaim]
StatefulSetStatus availableReplicas:i collisionCount:i conditions:[StatefulSetCondition]<type>~m currentReplicas:i currentRevision:s observedGeneration:i readyReplicas:i replicas:i updateRevision:s updatedReplicas:i
EventsEventSeries count:i lastObservedTime:t
HorizontalPodAutoscalerSpec behavior:HorizontalPodAutoscalerBehavior maxReplicas:i metrics:[MetricSpec] minReplicas:i scaleTargetRef:=CrossVersionObjectReference
HorizontalPodAutoscalerStatus conditions:[HorizontalPodAutoscalerCondition]<type>~m currentMetrics:[MetricStatus] currentReplicas:i desiredReplicas:i lastScaleTime:t observedGeneration:i
CronJobSpec concurrencyPolicy:s failedJobsHistoryLimit:i jobTemplate:=JobTemplateSpec schedule:s startingDeadlineSeconds:i successfulJobsHistoryLimit:i suspend:b timeZone:s
CronJobStatus active:[ObjectReference] lastScheduleTime:t lastSuccessfulTime:t
JobSpec activeDeadlineSeconds:i backoffLimit:i backoffLimitPerIndex:i completionMode:s completions:i managedBy:s manualSelector:b maxFailedIndexes:i parallelism:i podFailurePolicy:PodFailurePolicy podReplacementPolicy:s selector:LabelSelector successPolicy:SuccessPolicy suspend:b template:=PodTemplateSpec ttlSecondsAfterFinished:i
JobStatus active:i completedIndexes:s completionTime:t conditions:[JobCondition]~m:type failed:i failedIndexes:s ready:i startTime:t succeeded:i terminating:i uncountedTerminatedPods:UncountedTerminatedPods
CertificateSigningRequestSpec expirationSeconds:i extra:{[s]} groups:[s] request:y signerName:s uid:s usages:[s] username:s
CertificateSigningRequestStatus certificate:y conditions:[CertificateSigningRequestCondition]<type>
IngressClassSpec controller:s parameters:IngressClassParametersReference
IngressSpec defaultBackend:IngressBackend ingressClassName:s rules:[IngressRule] tls:[IngressTLS]
IngressStatus loadBalancer:=IngressLoadBalancerStatus
IPAddressSpec parentRef:ParentReference
NetworkPolicySpec egress:[NetworkPolicyEgressRule] ingress:[NetworkPolicyIngressRule] podSelector:=LabelSelector policyTypes:[s]
ServiceCIDRSpec cidrs:[s]
ServiceCIDRStatus conditions:[Condition]<type>~m
PodDisruptionBudgetSpec maxUnavailable:q minAvailable:q selector:LabelSelector~r unhealthyPodEvictionPolicy:s
PodDisruptionBudgetStatus conditions:[Condition]<type>~m currentHealthy:i desiredHealthy:i disruptedPods:{t} disruptionsAllowed:i expectedPods:i observedGeneration:i
!RoleRef apiGroup:s kind:s name:s
!Subject apiGroup:s kind:s name:s namespace:s
AggregationRule clusterRoleSelectors:[LabelSelector]
PolicyRule apiGroups:[s] nonResourceURLs:[s] resourceNames:[s] resources:[s] verbs:=[s]
CSIDriverSpec attachRequired:b fsGroupPolicy:s nodeAllocatableUpdatePeriodSeconds:i podInfoOnMount:b preventPodSchedulingIfMissing:b requiresRepublish:b seLinuxMount:b serviceAccountTokenInSecrets:b storageCapacity:b tokenRequests:[TokenRequest] volumeLifecycleModes:[s]<>
CSINodeSpec drivers:=[CSINodeDriver]<name>~m
VolumeAttachmentSpec attacher:s nodeName:s source:=VolumeAttachmentSource
VolumeAttachmentStatus attachError:VolumeError attached:b attachmentMetadata:{s} detachError:VolumeError
MutatingAdmissionPolicySpec failurePolicy:s matchConditions:[MatchCondition]<name>~m matchConstraints:MatchResources mutations:[Mutation] paramKind:ParamKind reinvocationPolicy:s variables:[Variable]
MutatingAdmissionPolicyBindingSpec matchResources:MatchResources paramRef:ParamRef policyName:s
MutatingWebhook admissionReviewVersions:=[s] clientConfig:=WebhookClientConfig failurePolicy:s matchConditions:[MatchCondition]<name>~m matchPolicy:s name:s namespaceSelector:LabelSelector objectSelector:LabelSelector reinvocationPolicy:s rules:[RuleWithOperations] sideEffects:s timeoutSeconds:i
ValidatingAdmissionPolicySpec auditAnnotations:[AuditAnnotation] failurePolicy:s matchConditions:[MatchCondition]<name>~m matchConstraints:MatchResources paramKind:ParamKind validations:[Validation] variables:[Variable]<name>~m
ValidatingAdmissionPolicyStatus conditions:[Condition]<type> observedGeneration:i typeChecking:TypeChecking
ValidatingAdmissionPolicyBindingSpec matchResources:MatchResources paramRef:ParamRef policyName:s validationActions:=[s]<>
ValidatingWebhook admissionReviewVersions:=[s] clientConfig:=WebhookClientConfig failurePolicy:s matchConditions:[MatchCondition]<name>~m matchPolicy:s name:s namespaceSelector:LabelSelector objectSelector:LabelSelector rules:[RuleWithOperations] sideEffects:s timeoutSeconds:i
CustomResourceDefinitionSpec conversion:CustomResourceConversion group:s names:=CustomResourceDefinitionNames preserveUnknownFields:b scope:s versions:=[CustomResourceDefinitionVersion]
CustomResourceDefinitionStatus acceptedNames:=CustomResourceDefinitionNames conditions:[CustomResourceDefinitionCondition]<type> observedGeneration:i storedVersions:[s]
LeaseSpec acquireTime:t holderIdentity:s leaseDurationSeconds:i leaseTransitions:i preferredHolder:s renewTime:t strategy:s
Overhead podFixed:{q}
Scheduling nodeSelector:{s}! tolerations:[Toleration]
Endpoint addresses:=[s]<> conditions:=EndpointConditions deprecatedTopology:{s} hints:EndpointHints hostname:s nodeName:s targetRef:ObjectReference zone:s
!CoreEndpointPort appProtocol:s name:s port:i protocol:s
ServiceReference name:s namespace:s port:i
APIServiceCondition lastTransitionTime:t message:s reason:s status:s type:s
DaemonSetUpdateStrategy rollingUpdate:RollingUpdateDaemonSet type:s
DaemonSetCondition lastTransitionTime:t message:s reason:s status:s type:s
DeploymentStrategy rollingUpdate:RollingUpdateDeployment type:s
DeploymentCondition lastTransitionTime:t lastUpdateTime:t message:s reason:s status:s type:s
ReplicaSetCondition lastTransitionTime:t message:s reason:s status:s type:s
StatefulSetOrdinals start:i
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:s whenScaled:s
StatefulSetUpdateStrategy rollingUpdate:RollingUpdateStatefulSetStrategy type:s
StatefulSetCondition lastTransitionTime:t message:s reason:s status:s type:s
HorizontalPodAutoscalerBehavior scaleDown:HPAScalingRules scaleUp:HPAScalingRules
MetricSpec containerResource:ContainerResourceMetricSource external:ExternalMetricSource object:ObjectMetricSource pods:PodsMetricSource resource:ResourceMetricSource type:s
CrossVersionObjectReference apiVersion:s kind:s name:s
HorizontalPodAutoscalerCondition lastTransitionTime:t message:s reason:s status:s type:s
MetricStatus containerResource:ContainerResourceMetricStatus external:ExternalMetricStatus object:ObjectMetricStatus pods:PodsMetricStatus resource:ResourceMetricStatus type:s
JobTemplateSpec metadata:=ObjectMeta spec:=JobSpec
PodFailurePolicy rules:=[PodFailurePolicyRule]
SuccessPolicy rules:=[SuccessPolicyRule]
JobCondition lastProbeTime:t lastTransitionTime:t message:s reason:s status:s type:s
UncountedTerminatedPods failed:[s]<> succeeded:[s]<>
CertificateSigningRequestCondition lastTransitionTime:t lastUpdateTime:t message:s reason:s status:s type:s
IngressClassParametersReference apiGroup:s kind:s name:s namespace:s scope:s
IngressBackend resource:TypedLocalObjectReference service:IngressServiceBackend
IngressRule host:s http:HTTPIngressRuleValue
IngressTLS hosts:[s] secretName:s
IngressLoadBalancerStatus ingress:[IngressLoadBalancerIngress]
ParentReference group:s name:s namespace:s resource:s
NetworkPolicyEgressRule ports:[NetworkPolicyPort] to:[NetworkPolicyPeer]
NetworkPolicyIngressRule from:[NetworkPolicyPeer] ports:[NetworkPolicyPort]
TokenRequest audience:s expirationSeconds:i
CSINodeDriver allocatable:VolumeNodeResources name:s nodeID:s topologyKeys:[s]
VolumeAttachmentSource inlineVolumeSpec:PersistentVolumeSpec persistentVolumeName:s
VolumeError errorCode:i message:s time:t
MatchCondition expression:s name:s
!MatchResources excludeResourceRules:[NamedRuleWithOperations] matchPolicy:s namespaceSelector:LabelSelector objectSelector:LabelSelector resourceRules:[NamedRuleWithOperations]
Mutation applyConfiguration:ApplyConfiguration jsonPatch:JSONPatch patchType:s
!ParamKind apiVersion:s kind:s
!Variable expression:s name:s
!ParamRef name:s namespace:s parameterNotFoundAction:s selector:LabelSelector
WebhookClientConfig caBundle:y service:AdmissionregistrationServiceReference url:s
RuleWithOperations apiGroups:[s] apiVersions:[s] operations:[s] resources:[s] scope:s
AuditAnnotation key:s valueExpression:s
Validation expression:s message:s messageExpression:s reason:s
TypeChecking expressionWarnings:[ExpressionWarning]
CustomResourceConversion strategy:s webhook:WebhookConversion
CustomResourceDefinitionNames categories:[s] kind:s listKind:s plural:s shortNames:[s] singular:s
CustomResourceDefinitionVersion additionalPrinterColumns:[CustomResourceColumnDefinition] deprecated:b deprecationWarning:s name:s schema:CustomResourceValidation selectableFields:[SelectableField] served:b storage:b subresources:CustomResourceSubresources
CustomResourceDefinitionCondition lastTransitionTime:t message:s observedGeneration:i reason:s status:s type:s
EndpointConditions ready:b serving:b terminating:b
EndpointHints forNodes:[ForNode] forZones:[ForZone]
RollingUpdateDaemonSet maxSurge:q maxUnavailable:q
RollingUpdateDeployment maxSurge:q maxUnavailable:q
RollingUpdateStatefulSetStrategy maxUnavailable:q partition:i
HPAScalingRules policies:[HPAScalingPolicy] selectPolicy:s stabilizationWindowSeconds:i tolerance:q
ContainerResourceMetricSource container:s name:s target:=MetricTarget
ExternalMetricSource metric:=MetricIdentifier target:=MetricTarget
ObjectMetricSource describedObject:=CrossVersionObjectReference metric:=MetricIdentifier target:=MetricTarget
PodsMetricSource metric:=MetricIdentifier target:=MetricTarget
ResourceMetricSource name:s target:=MetricTarget
ContainerResourceMetricStatus container:s current:=MetricValueStatus name:s
ExternalMetricStatus current:=MetricValueStatus metric:=MetricIdentifier
ObjectMetricStatus current:=MetricValueStatus describedObject:=CrossVersionObjectReference metric:=MetricIdentifier
PodsMetricStatus current:=MetricValueStatus metric:=MetricIdentifier
ResourceMetricStatus current:=MetricValueStatus name:s
PodFailurePolicyRule action:s onExitCodes:PodFailurePolicyOnExitCodesRequirement onPodConditions:[PodFailurePolicyOnPodConditionsPattern]
SuccessPolicyRule succeededCount:i succeededIndexes:s
IngressServiceBackend name:s port:=ServiceBackendPort
HTTPIngressRuleValue paths:=[HTTPIngressPath]
IngressLoadBalancerIngress hostname:s ip:s ports:[IngressPortStatus]
NetworkPolicyPort endPort:i port:q protocol:s
NetworkPolicyPeer ipBlock:IPBlock namespaceSelector:LabelSelector podSelector:LabelSelector
VolumeNodeResources count:i
!NamedRuleWithOperations apiGroups:[s] apiVersions:[s] operations:[s] resourceNames:[s] resources:[s] scope:s
ApplyConfiguration expression:s
JSONPatch expression:s
AdmissionregistrationServiceReference name:s namespace:s path:s port:i
ExpressionWarning fieldRef:s warning:s
WebhookConversion clientConfig:ApiextensionsWebhookClientConfig conversionReviewVersions:=[s]
CustomResourceColumnDefinition description:s format:s jsonPath:s name:s priority:i type:s
CustomResourceValidation openAPIV3Schema:JSONSchemaProps
SelectableField jsonPath:s
CustomResourceSubresources scale:CustomResourceSubresourceScale status:a
ForNode name:s
ForZone name:s
HPAScalingPolicy periodSeconds:i type:s value:i
MetricTarget averageUtilization:i averageValue:q type:s value:q
MetricIdentifier name:s selector:LabelSelector
MetricValueStatus averageUtilization:i averageValue:q value:q
PodFailurePolicyOnExitCodesRequirement containerName:s operator:s values:=[i]<>
PodFailurePolicyOnPodConditionsPattern status:s type:s
!ServiceBackendPort name:s number:i
HTTPIngressPath backend:=IngressBackend path:s pathType:s
IngressPortStatus error:s port:i protocol:s
IPBlock cidr:s except:[s]
ApiextensionsWebhookClientConfig caBundle:y service:ApiextensionsServiceReference url:s
JSONSchemaProps $ref:s $schema:s additionalItems:a additionalProperties:a allOf:[JSONSchemaProps] anyOf:[JSONSchemaProps] default:a definitions:{JSONSchemaProps} dependencies:{a} description:s enum:[a] example:a exclusiveMaximum:b exclusiveMinimum:b externalDocs:ExternalDocumentation format:s id:s items:a maxItems:i maxLength:i maxProperties:i maximum:n minItems:i minLength:i minProperties:i minimum:n multipleOf:n not:JSONSchemaProps nullable:b oneOf:[JSONSchemaProps] pattern:s patternProperties:{JSONSchemaProps} properties:{JSONSchemaProps} required:[s] title:s type:s uniqueItems:b x-kubernetes-embedded-resource:b x-kubernetes-int-or-string:b x-kubernetes-list-map-keys:[s] x-kubernetes-list-type:s x-kubernetes-map-type:s x-kubernetes-preserve-unknown-fields:b x-kubernetes-validations:[ValidationRule]<rule>~m
CustomResourceSubresourceScale labelSelectorPath:s specReplicasPath:s statusReplicasPath:s
ApiextensionsServiceReference name:s namespace:s path:s port:i
ExternalDocumentation description:s url:s
ValidationRule fieldPath:s message:s messageExpression:s optionalOldSelf:b reason:s rule:s
`;
