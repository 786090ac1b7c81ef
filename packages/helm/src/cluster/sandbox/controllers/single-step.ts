/** Kinds that are done in one step: claims are bound, CRDs established, load balancers given an address. */
import { type JsonObject, listAt, numberAt, objectOf, textAt } from '../../json-object.ts';
import { condition, isEnding, uidOf, type World } from './world.ts';

export function reconcileClaim(claim: JsonObject, world: World): void {
  if (isEnding(claim) || textAt(claim, 'status', 'phase') === 'Bound') return;
  const spec = objectOf(claim['spec']) ?? {};
  const volumeName = textAt(spec, 'volumeName') || `pvc-${uidOf(claim)}`;
  world.store.put('/persistentvolumeclaims', {
    ...claim,
    spec: { ...spec, volumeName },
    status: {
      phase: 'Bound',
      accessModes: spec['accessModes'] ?? [],
      capacity: objectOf(spec['resources'])?.['requests'] ?? {},
    },
  });
}

export function reconcileCrd(crd: JsonObject, world: World): void {
  if (isEnding(crd)) return;
  const names = objectOf(objectOf(crd['spec'])?.['names']) ?? {};
  const stored = listAt(crd, 'spec', 'versions').filter((each) => objectOf(each)?.['storage'] === true);
  const say = (type: string, reason: string, message: string): JsonObject =>
    condition(crd, { type, status: 'True', reason, message }, world.time);
  world.setStatus('apiextensions.k8s.io/customresourcedefinitions', crd, {
    conditions: [
      say('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      say('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
    ],
    acceptedNames: names,
    storedVersions: stored.map((each) => textAt(each, 'name')),
  });
}

/** An address of those set aside for documentation: nobody answers there. */
export function reconcileService(service: JsonObject, world: World): void {
  const isBalanced = textAt(service, 'spec', 'type') === 'LoadBalancer';
  const last = 1 + (Number.parseInt(uidOf(service).slice(0, 4), 16) % 250);
  const loadBalancer = isBalanced ? { ingress: [{ ip: `192.0.2.${last}`, ipMode: 'VIP' }] } : {};
  world.setStatus('/services', service, { loadBalancer });
}

export function reconcileBudget(budget: JsonObject, world: World): void {
  const observedGeneration = numberAt(budget, 'metadata', 'generation') ?? 1;
  const counts = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
  world.setStatus('policy/poddisruptionbudgets', budget, { ...counts, observedGeneration });
}
