import type { Source } from '@flotilla/diagnostics';
import { type Dialect, detectDialect } from '../source/detect-dialect.ts';
import type { LoadServices } from './load-services.ts';

/** The dialect of a file: forced by the options or the environment, else detected. */
export function dialectOf(file: Source, { options, ports }: LoadServices): Dialect {
  const forced = options.dialect ?? fromVariable(ports.environment['HELMFILE_V1MODE']);
  const renderYaml = ports.environment['HELMFILE_RENDER_YAML'] === 'true';
  return detectDialect(file, { v1Mode: forced === undefined ? undefined : forced === 'v1', renderYaml });
}

function fromVariable(text: string | undefined): Dialect['name'] | undefined {
  if (text === 'true') return 'v1';
  return text === 'false' ? 'classic' : undefined;
}
