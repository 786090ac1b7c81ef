/** Rules for values.yaml (Helm 4.3.1 `rules.ValuesWithOverrides`). */
import { join } from 'node:path';
import { Dict, decodeBytes, GoError } from '@flotilla/gocompat';
import { logRecord } from '../chart/log-record.ts';
import { checkSchemas } from '../values/check-schemas.ts';
import { copyValues } from '../values/copy-values.ts';
import { mergeTables } from '../values/tables.ts';
import { parseYamlTable } from '../values/yaml-documents.ts';
import { type LintContext, problemOf } from './lint-context.ts';

const file = 'values.yaml';

/** Reports what is wrong with values.yaml, and with the user's values over it where there is a schema. */
export async function lintValues(context: LintContext): Promise<void> {
  const { directory, files, report } = context;
  const path = join(directory, file);
  if (!report.check('info', file, files.stat(path) === undefined ? 'file does not exist' : undefined)) return;
  let values: Dict | undefined;
  const problem = problemOf(() => {
    values = parseYamlTable(decodeBytes(files.read(path)));
  }, 'unable to parse YAML: ');
  if (!report.check('error', file, problem?.replace(/map\[string\]interface \{\}$/, 'common.Values'))) return;
  report.check('error', file, await schemaProblem(values, context));
}

async function schemaProblem(values: Dict | undefined, context: LintContext): Promise<string | undefined> {
  const { directory, files } = context;
  const all = withDefaults(values ?? new Dict(), context);
  const path = join(directory, 'values.schema.json');
  const data = files.stat(path) === undefined ? new Uint8Array() : files.read(path);
  if (data.length === 0 || context.skipSchemaValidation) return undefined;
  const chart = { name: 'chart', chart: { schema: { data } }, dependencies: [] };
  try {
    await checkSchemas(chart, all, { log: context.log });
    return undefined;
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    return error.message.replace(/^values don't meet [^\n]*\nchart:\n/, '');
  }
}

/**
 * The user's values over the chart's own; sections of sub-charts are tables like others here. As in Helm, the user's tables are
 * filled in place, and the linting of templates sees them so.
 */
function withDefaults(defaults: Dict, { values, log }: LintContext): Dict {
  const rules = { keepsNulls: false, warn: (text: string) => log(logRecord(text)) };
  const all = mergeTables(new Dict(), values, rules);
  return mergeTables(all, copyValues(defaults), rules);
}
