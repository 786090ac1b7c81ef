import type { Redactor } from '@flotilla/diagnostics';
import type { Dialect } from '../source/detect-dialect.ts';
import type { Capability } from '../template-context/render-context.ts';

/** How to find and load helmfiles; everything but the environment has a default of "not given". */
export interface LoadOptions {
  /** File, directory, remote reference or `-`; default names when absent. */
  readonly file?: string;
  /** `default` when absent. */
  readonly environment?: string;
  /** Selectors of the command line; sub-helmfiles inherit or replace them. */
  readonly selectors?: readonly string[];
  /** `--state-values-set`, each as given. */
  readonly stateValuesSet?: readonly string[];
  /** `--state-values-set-string`, each as given. */
  readonly stateValuesSetString?: readonly string[];
  /** `--state-values-file`. */
  readonly stateValuesFiles?: readonly string[];
  /** `--kube-context`: every release goes there. */
  readonly kubeContext?: string;
  /** `--namespace`: every release goes there. */
  readonly namespace?: string;
  /** `--chart`: every release uses it. */
  readonly chart?: string;
  /** `--helm-binary`; the name `helm` counts as not given. */
  readonly helmBinary?: string;
  /** `--kustomize-binary`; the name `kustomize` counts as not given. */
  readonly kustomizeBinary?: string;
  /** `--sequential-helmfiles`. */
  readonly isSequential?: boolean;
  /** For commands that take down: releases, `helmfiles` and files of a directory in reverse. */
  readonly isReversed?: boolean;
  /** Forces the dialect of plain YAML files; detected per file when absent. */
  readonly dialect?: Dialect['name'];
  readonly deny?: readonly Capability[];
  /** Learns every secret that the load comes across. */
  readonly redactor?: Redactor;
}
