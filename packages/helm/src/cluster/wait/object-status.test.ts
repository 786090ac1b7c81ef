import { expect, test } from 'vitest';
import { objectStatus } from './object-status.ts';

const now = Date.parse('2026-01-01T00:01:00Z');
const status = (object: object) => {
  const { status: name, message } = objectStatus({ ...object }, now);
  return `${name}: ${message}`;
};

const deployment = (counts: object, conditions: readonly object[] = []) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { generation: 2 },
  spec: { replicas: 2, progressDeadlineSeconds: 600 },
  status: { observedGeneration: 2, ...counts, conditions },
});

test('what all objects share decides first', () => {
  expect(status({ kind: 'X', metadata: { deletionTimestamp: 'now' } })).toBe(
    'Terminating: Resource scheduled for deletion',
  );
  expect(status({ kind: 'X', metadata: { generation: 2 }, status: { observedGeneration: 1 } })).toBe(
    'InProgress: X generation is 2, but latest observed generation is 1',
  );
});

test('a deployment tells what it lacks, in order', () => {
  const full = { replicas: 2, updatedReplicas: 2, availableReplicas: 2, readyReplicas: 2 };
  const rolled = { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' };
  expect(status(deployment({}))).toBe('InProgress: Replicas: 0/2');
  expect(status(deployment({ ...full, updatedReplicas: 1 }))).toBe('InProgress: Updated: 1/2');
  expect(status(deployment({ ...full, replicas: 3 }))).toBe('InProgress: Pending termination: 1');
  expect(status(deployment(full))).toBe('InProgress: ReplicaSet not Available');
  expect(status(deployment(full, [rolled]))).toBe('InProgress: Deployment not Available');
  expect(status(deployment(full, [rolled, { type: 'Available', status: 'True' }]))).toBe(
    'Current: Deployment is available. Replicas: 2',
  );
  expect(status(deployment({}, [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }]))).toBe(
    'Failed: Progress deadline exceeded',
  );
});

test('a pod that cannot be scheduled fails after a while', () => {
  const pod = (created: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { creationTimestamp: created },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
    },
  });
  expect(status(pod('2026-01-01T00:00:50Z'))).toBe('InProgress: Pod has not been scheduled');
  expect(status(pod('2026-01-01T00:00:30Z'))).toBe('Failed: Pod could not be scheduled');
});

test('other kinds follow their Ready condition, and are ready without one', () => {
  const custom = (conditions: readonly object[]) => ({ kind: 'Thing', status: { conditions } });
  expect(status(custom([{ type: 'Ready', status: 'False', message: 'not yet' }]))).toBe(
    'InProgress: not yet',
  );
  expect(status(custom([]))).toBe('Current: Resource is current');
});
