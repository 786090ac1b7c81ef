import type { Approval } from '../ports/approval.ts';

/** Nobody to ask: every question gets its default answer. */
export function createUnattendedApproval(): Approval {
  return { ask: async ({ defaultAnswer }) => defaultAnswer };
}
