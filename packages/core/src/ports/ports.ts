import type { TemplateHost } from '@flotilla/gotemplate';
import type { Approval } from './approval.ts';
import type { Clock } from './clock.ts';
import type { Fetcher } from './fetcher.ts';
import type { Files } from './files.ts';
import type { LiveStates } from './live-states.ts';
import type { ManifestDiffer } from './manifest-differ.ts';
import type { Processes } from './processes.ts';
import type { SecretResolver } from './secret-resolver.ts';

/** Everything the core needs from outside, gathered once at the composition root. */
export interface Ports {
  readonly files: Files;
  readonly processes: Processes;
  readonly fetcher: Fetcher;
  readonly secrets: SecretResolver;
  readonly clock: Clock;
  readonly approval: Approval;
  readonly differ: ManifestDiffer;
  /** The cluster, for comparisons that ask for it. */
  readonly liveStates: LiveStates;
  readonly templateHost: TemplateHost;
  /** The process environment, read once. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where downloads are kept between runs. */
  readonly cacheDirectory: string;
  /** Directory relative command-line paths resolve against, absolute. */
  readonly workingDirectory: string;
}
