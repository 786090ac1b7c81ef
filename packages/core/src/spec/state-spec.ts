import type { GoValue } from '@flotilla/gocompat';
import type {
  HelmBehaviourSpec,
  HookSpec,
  MissingFileHandler,
  MissingFileHandlerConfig,
  ReleaseSpec,
} from './release-spec.ts';

/** The top level of the helmfile language (Helmfile 1.8.0), as decoded from one part or merged from several. */

export interface HelmDefaultsSpec extends HelmBehaviourSpec {
  readonly args?: readonly string[];
  readonly diffArgs?: readonly string[];
  readonly syncArgs?: readonly string[];
  readonly templateArgs?: readonly string[];
  readonly skipCRDs?: boolean;
}

export interface RepositorySpec {
  readonly name?: string;
  readonly url?: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly username?: string;
  readonly password?: string;
  readonly registryConfig?: string;
  readonly managed?: string;
  readonly oci?: boolean;
  readonly verify?: boolean;
  readonly keyring?: string;
  readonly passCredentials?: boolean;
  readonly skipTLSVerify?: boolean;
  readonly plainHttp?: boolean;
}

export interface EnvironmentSpec {
  readonly values?: readonly GoValue[];
  readonly secrets?: readonly string[];
  readonly kubeContext?: string;
  readonly missingFileHandler?: MissingFileHandler;
  readonly missingFileHandlerConfig?: MissingFileHandlerConfig;
  readonly mergeStrategy?: string;
}

/** An entry of `helmfiles`. `selectors` absent is not the same as empty. */
export interface SubHelmfileSpec {
  readonly path: string;
  readonly selectors?: readonly string[];
  readonly selectorsInherited?: boolean;
  readonly inherits?: readonly string[];
  readonly values?: readonly GoValue[];
}

export interface LlmSpec {
  readonly baseURL?: string;
  readonly apiKey?: string;
  readonly model?: string;
  readonly timeout?: string;
  readonly maxTokens?: number;
  readonly temperature?: number;
}

export interface StateSpec {
  readonly helmBinary?: string;
  readonly kustomizeBinary?: string;
  readonly values?: readonly GoValue[];
  readonly environments?: Readonly<Record<string, EnvironmentSpec>>;
  readonly bases?: readonly string[];
  readonly helmDefaults?: HelmDefaultsSpec;
  readonly helmfiles?: readonly SubHelmfileSpec[];
  readonly kubeContext?: string;
  readonly namespace?: string;
  readonly chart?: string;
  readonly repositories?: readonly RepositorySpec[];
  readonly commonLabels?: Readonly<Record<string, string>>;
  readonly releases?: readonly ReleaseSpec[];
  readonly templates?: Readonly<Record<string, ReleaseSpec>>;
  readonly defaultInherit?: readonly string[];
  readonly hooks?: readonly HookSpec[];
  readonly apiVersions?: readonly string[];
  readonly kubeVersion?: string;
  readonly missingFileHandler?: MissingFileHandler;
  readonly missingFileHandlerConfig?: MissingFileHandlerConfig;
  readonly lockFilePath?: string;
  readonly llm?: LlmSpec;
}
