import { parseBool } from '@flotilla/gocompat';
import type { Trial } from '../ports/live-states.ts';
import type { DiffOutput, ManifestDiffOptions } from '../ports/manifest-differ.ts';
import { verbArgs } from '../prepare/extra-args.ts';
import { takesOwnership as adopts, replaceOptions } from '../prepare/helm-options.ts';
import { defaultsOf, type ReleaseScope } from '../prepare/release-scope.ts';

/**
 * How one release is compared and printed: the command's flags, `diffArgs`, and the variables helm-diff 3.15 reads.
 * In: a release's scope, the environment. Out: options of the differ and of the render, and the arguments nobody here knows.
 */
export interface DiffSettings {
  readonly manifest: ManifestDiffOptions;
  readonly noHooks: boolean;
  readonly includeCrds: boolean;
  /** `--dry-run=client`: the cluster is not asked at all. */
  readonly isOffline: boolean;
  /** The server does not check the render. */
  readonly disablesValidation: boolean;
  /** How the cluster is asked what it would make of the change; undefined when manifests are compared. */
  readonly trial: Trial | undefined;
  /** Objects of other releases are adopted; implies a three-way comparison. */
  readonly takesOwnership: boolean;
  /** The values of the installed revision lie under the given ones. */
  readonly reusesValues: boolean;
  /** Arguments of `helm template` that helm-diff passes on. */
  readonly forwarded: readonly string[];
  readonly unsupported: readonly string[];
}

/** Settings of a comparison; later sources win: environment, flags of the command, `diffArgs` and `templateArgs`. */
export function diffSettings(
  scope: ReleaseScope,
  environment: Readonly<Record<string, string>>,
): DiffSettings {
  const flags = new DiffFlags();
  const defaults = defaultsOf(scope);
  flags.read(verbArgs(scope.options.diffArgs, defaults.diffArgs));
  flags.read(verbArgs(scope.options.templateArgs, defaults.templateArgs));
  const takesOwnership = flags.has('take-ownership') || adopts(scope) === true;
  return {
    manifest: {
      ...layout(flags, scope, environment),
      ...secrets(flags, scope),
      suppressKinds: [...(scope.options.diff?.suppress ?? []), ...flags.all('suppress')],
      suppressOutputLineRegex: [...lineRegexes(scope), ...flags.all('suppress-output-line-regex')],
      stripTrailingCr: flags.has('strip-trailing-cr') || scope.options.diff?.stripTrailingCr === true,
      normalizeManifests:
        flags.boolean('normalize-manifests') ?? environment['HELM_DIFF_NORMALIZE_MANIFESTS'] === 'true',
      findRenames: flags.number('find-renames', 'D') ?? 0,
      includeHooks: !flags.has('no-hooks') && scope.options.noHooks !== true,
      includeTests: flags.has('include-tests') || scope.options.diff?.includeTests === true,
    },
    // Hooks are no part of what is applied.
    noHooks:
      flags.has('no-hooks') || scope.options.noHooks === true || scope.options.diff?.serverDryRun === true,
    includeCrds: flags.has('include-crds'),
    isOffline: ['', 'true', 'client'].includes(flags.text('dry-run') ?? 'none'),
    disablesValidation: flags.has('disable-validation'),
    trial: trialOf(flags, scope, { takesOwnership, environment }),
    takesOwnership,
    reusesValues: flags.has('reuse-values') && !flags.has('reset-values'),
    forwarded: flags.given(forwarded),
    unsupported: flags.unknown(),
  };
}

interface TrialInput {
  readonly takesOwnership: boolean;
  readonly environment: Readonly<Record<string, string>>;
}

/** Taking ownership implies a three-way comparison, as there. */
function trialOf(
  flags: DiffFlags,
  scope: ReleaseScope,
  { takesOwnership, environment }: TrialInput,
): Trial | undefined {
  if (scope.options.diff?.serverDryRun === true) {
    return { kind: 'apply', forcesConflicts: replaceOptions(scope).forceConflicts === true };
  }
  const isThreeWay = flags.boolean('three-way-merge') ?? environment['HELM_DIFF_THREE_WAY_MERGE'] === 'true';
  return isThreeWay || takesOwnership ? { kind: 'patch' } : undefined;
}

function layout(
  flags: DiffFlags,
  { options }: ReleaseScope,
  environment: Readonly<Record<string, string>>,
): Pick<ManifestDiffOptions, 'context' | 'output' | 'color'> {
  const given = options.diff ?? {};
  const context = (given.context ?? 0) > 0 ? given.context : undefined;
  return {
    context:
      flags.number('context', 'C') ?? context ?? integerOf(environment['HELM_DIFF_OUTPUT_CONTEXT']) ?? -1,
    output: outputOf(flags.text('output') ?? given.output ?? filled(environment['HELM_DIFF_OUTPUT'])),
    color: flags.has('color') || ((given.color ?? colorOf(environment)) === true && !flags.has('no-color')),
  };
}

function secrets(
  flags: DiffFlags,
  { options }: ReleaseScope,
): Pick<ManifestDiffOptions, 'showSecrets' | 'showSecretsDecoded' | 'suppressSecrets'> {
  return {
    showSecrets: flags.has('show-secrets') || options.diff?.showSecrets === true,
    showSecretsDecoded: flags.has('show-secrets-decoded'),
    suppressSecrets: flags.has('suppress-secrets', 'q') || options.diff?.suppressSecrets === true,
  };
}

function lineRegexes(scope: ReleaseScope): readonly string[] {
  const lists = [
    scope.release.spec.suppressOutputLineRegex,
    scope.options.diff?.suppressOutputLineRegex,
    defaultsOf(scope).suppressOutputLineRegex,
  ];
  return lists.find((list) => list !== undefined && list.length > 0) ?? [];
}

const outputs: readonly string[] = ['diff', 'simple', 'template', 'dyff', 'json', 'structured'];

function colorOf(environment: Readonly<Record<string, string>>): boolean {
  return parseBool(environment['HELM_DIFF_COLOR'] ?? '') === true;
}

/** Unknown layouts print the ordinary one. */
function outputOf(text: string | undefined): DiffOutput {
  return text !== undefined && outputs.includes(text) ? (text as DiffOutput) : 'diff';
}

function filled(text: string | undefined): string | undefined {
  return text?.trim() === '' ? undefined : text;
}

function integerOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

function numberOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return text === undefined || text === '' || Number.isNaN(value) ? undefined : value;
}

const known: ReadonlySet<string> = new Set([
  'context',
  'C',
  'output',
  'show-secrets',
  'show-secrets-decoded',
  'suppress-secrets',
  'q',
  'suppress',
  'suppress-output-line-regex',
  'strip-trailing-cr',
  'normalize-manifests',
  'find-renames',
  'D',
  'no-hooks',
  'include-tests',
  'include-crds',
  'color',
  'no-color',
  'dry-run',
  'detailed-exitcode',
  'disable-validation',
  'three-way-merge',
  'take-ownership',
  'allow-unreleased',
  'install',
  'kubeconfig',
  'reset-values',
  'reuse-values',
  // Without effect on what is rendered.
  'server-side',
]);

const forwarded: ReadonlySet<string> = new Set([
  'a',
  'api-versions',
  'devel',
  'disable-openapi-validation',
  'enable-dns',
  'f',
  'insecure-skip-tls-verify',
  'kube-context',
  'kube-version',
  'post-renderer',
  'post-renderer-args',
  'repo',
  'set',
  'set-file',
  'set-json',
  'set-literal',
  'set-string',
  'skip-schema-validation',
  'values',
  'version',
]);

/** Flags as tokens of `--name`, `--name value` and `--name=value`. */
class DiffFlags {
  readonly #values = new Map<string, string[]>();
  readonly #words: { readonly name: string; readonly words: readonly string[] }[] = [];

  read(args: readonly string[]): void {
    args.forEach((arg, index) => {
      if (!arg.startsWith('-')) return;
      const [flag = '', ...rest] = arg.split('=');
      const next = args[index + 1];
      const name = flag.replace(/^-+/, '');
      const isNext = !arg.includes('=') && next?.startsWith('-') === false;
      const value = isNext ? next : rest.join('=');
      this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
      this.#words.push({ name, words: isNext ? [arg, next] : [arg] });
    });
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.#values.has(name) && this.text(name) !== 'false');
  }

  /** Undefined when it is not given. */
  boolean(name: string): boolean | undefined {
    return this.#values.has(name) ? this.has(name) : undefined;
  }

  text(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  number(...names: readonly string[]): number | undefined {
    return names.map((name) => numberOf(this.text(name))).find((value) => value !== undefined);
  }

  /** The flags of those names as they were given. */
  given(names: ReadonlySet<string>): readonly string[] {
    return this.#words.flatMap(({ name, words }) => (names.has(name) ? words : []));
  }

  unknown(): readonly string[] {
    return [...this.#values.keys()].filter((name) => !known.has(name) && !forwarded.has(name));
  }
}
