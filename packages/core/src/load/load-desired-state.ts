/**
 * The load: from command-line options to the desired state. In: LoadOptions, ports, a signal. Out: every file and release,
 * and every problem of all of them at once (DESIGN D6). The only orchestration of the stages left of `desired/`.
 * Makes no call to a cluster, and stops at nothing that can be reported together with the rest.
 */
import {
  type Diagnosed,
  type Diagnostic,
  didYouMean,
  hasErrors,
  sortDiagnostics,
  warningDiagnostic,
} from '@flotilla/diagnostics';
import type { DesiredState } from '../desired/desired-state.ts';
import { parseSelectors } from '../select/selector.ts';
import { spanOf } from '../yaml/provenance.ts';
import type { LoadOptions } from './load-options.ts';
import { type LoadPorts, type LoadServices, loadServices } from './load-services.ts';
import { setValuesOf } from './override-environment.ts';
import { type Visited, visitStateFiles } from './visit-state-files.ts';

/**
 * Loads all helmfiles (Helmfile 1.8.0, with what DESIGN D3–D5 accept on top). Files that do not define the environment are
 * left out, as Helmfile leaves them out; `value` is undefined when there are errors. Rejects only when `signal` aborts.
 */
export async function loadDesiredState(
  options: LoadOptions,
  ports: LoadPorts,
  signal: AbortSignal,
): Promise<Diagnosed<DesiredState>> {
  const services = loadServices(options, ports, signal);
  const setValues = setValuesOf(options);
  const selectors = parseSelectors(options.selectors ?? []);
  const given = [...setValues.diagnostics, ...selectors.diagnostics];
  if (setValues.value === undefined || hasErrors(given)) return { value: undefined, diagnostics: given };
  const visited: Visited = { files: [], diagnostics: [...given], skipped: [] };
  await visitStateFiles(
    {
      path: options.file ?? '',
      span: undefined,
      directory: ports.workingDirectory,
      selectors: options.selectors ?? [],
      values: { entries: options.stateValuesFiles ?? [], placeOf: () => undefined, base: undefined },
      setValues: setValues.value,
      inherited: undefined,
      parentRepositories: [],
      ancestors: [],
      errorPrefix: '',
    },
    visited,
    services,
  );
  return conclude(visited, services);
}

function conclude(visited: Visited, { environmentName }: LoadServices): Diagnosed<DesiredState> {
  const hints =
    visited.files.length === 0
      ? visited.skipped.map((each) => undefinedEnvironment(each, environmentName))
      : [];
  const diagnostics = sortDiagnostics([...visited.diagnostics, ...hints]);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  return { value: { environmentName, files: visited.files }, diagnostics };
}

/** Helmfile says nothing about this and ends with "no releases found". */
function undefinedEnvironment({ name, spec }: Visited['skipped'][number], environment: string): Diagnostic {
  const declared = Object.keys(spec.environments ?? {});
  return warningDiagnostic(
    'environment/undefined',
    `environment "${environment}" is not defined in ${name}, which is skipped`,
    {
      span: spanOf(spec, 'environments'),
      hint:
        didYouMean(environment, declared) ??
        `add it under environments${declared.length === 0 ? '' : `, or use one of ${declared.join(', ')}`}`,
    },
  );
}
