/** The vocabulary of waiting: statuses, and the conditions objects report. */
import { type JsonObject, listAt, textAt } from '../json-object.ts';

export type StatusName = 'Current' | 'InProgress' | 'Failed' | 'Terminating' | 'NotFound' | 'Unknown';

export interface ObjectStatus {
  readonly status: StatusName;
  readonly message: string;
}

export const current = (message: string): ObjectStatus => ({ status: 'Current', message });
export const inProgress = (message: string): ObjectStatus => ({ status: 'InProgress', message });
export const failed = (message: string): ObjectStatus => ({ status: 'Failed', message });
export const notFound: ObjectStatus = { status: 'NotFound', message: 'Resource not found' };

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

export function conditionsOf(object: JsonObject): readonly Condition[] {
  return listAt(object, 'status', 'conditions').map((each) => ({
    type: textAt(each, 'type'),
    status: textAt(each, 'status'),
    reason: textAt(each, 'reason'),
    message: textAt(each, 'message'),
  }));
}
