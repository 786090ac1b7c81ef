import { afterAll, beforeAll } from 'vitest';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { type OurHelm, ourHelm } from './our-helm.ts';

/** A suite's own control plane, and our engine on it. */
export interface OurPlane {
  readonly kubeconfig: string;
  readonly ours: OurHelm;
}

/** Starts both before the suite it is called in, and ends them after it. */
export function ourPlane(): OurPlane {
  let plane: ControlPlane;
  let ours: OurHelm;
  beforeAll(async () => {
    plane = await startControlPlane();
    ours = await ourHelm(plane.kubeconfig);
  });
  afterAll(async () => {
    await ours?.[Symbol.asyncDispose]();
    await plane?.[Symbol.asyncDispose]();
  });
  return {
    get kubeconfig() {
      return plane.kubeconfig;
    },
    get ours() {
      return ours;
    },
  };
}
