/** values.schema.json: checking coalesced values against the schemas of a chart and its sub-charts. */
import { Dict, decodeBytes, GoError, quote, typeOf } from '@flotilla/gocompat';
import { discardLog, type LogSink, slogRecord } from '../chart/log-record.ts';
import { SchemaDocument, UnloadedSchema } from './schema-document.ts';
import { schemaProblemText } from './schema-problem.ts';
import { type FormatCheck, SchemaValidator, type ValidatorOptions } from './schema-validator.ts';

interface SchemaFile {
  readonly data: Uint8Array;
}

/** What checking needs of a chart. */
export interface SchemaChart {
  readonly name: string;
  readonly chart: { readonly schema: SchemaFile | undefined };
  readonly dependencies: readonly SchemaChart[];
}

/** Reads a schema that another one refers to by URL; rejects with GoError. */
export type SchemaLoader = (url: string) => Promise<string>;

export interface SchemaCheckOptions {
  readonly log?: LogSink;
  /** Without one, references that lead out of the chart are errors. */
  readonly loadSchema?: SchemaLoader | undefined;
}

/**
 * Checks the values of a chart and its sub-charts (Helm 4.3.1 `ValidateAgainstSchema`).
 * Throws GoError with the problems of all charts.
 */
export async function checkSchemas(
  chart: SchemaChart,
  values: Dict,
  options: SchemaCheckOptions = {},
): Promise<void> {
  const formats = asksForFormats(chart) ? await loadFormats() : () => undefined;
  const failures = new Map<string, string>();
  const context: CheckContext = {
    formats,
    onUnresolvedUrn: urnWarnings(options.log ?? discardLog),
    failures,
  };
  const text = await problemsWithLoading(() => problemsOf(chart, values, context), {
    loadSchema: options.loadSchema ?? unavailable,
    failures,
  });
  if (text === '') return;
  throw new GoError(
    `values don't meet the specifications of the schema(s) in the following chart(s):\n${text}`,
  );
}

/** Each unknown URN is reported once. */
function urnWarnings(log: LogSink): (urn: string) => void {
  const warned = new Set<string>();
  return (urn) => {
    if (warned.has(urn)) return;
    warned.add(urn);
    log(slogRecord('WARN', 'unresolved URN reference ignored; using permissive schema', [['urn', urn]]));
  };
}

interface CheckContext extends ValidatorOptions {
  /** Why schemas from elsewhere could not be had, by URL. */
  readonly failures: ReadonlyMap<string, string>;
}

interface Loading {
  readonly loadSchema: SchemaLoader;
  readonly failures: Map<string, string>;
}

/** Checks until no schema is missing, loading one at a time. */
async function problemsWithLoading(check: () => string, loading: Loading): Promise<string> {
  for (;;) {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof UnloadedSchema)) throw error;
      await loadInto(error, loading);
    }
  }
}

async function loadInto({ document, url }: UnloadedSchema, { loadSchema, failures }: Loading): Promise<void> {
  try {
    document.add(url, await loadSchema(url));
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    failures.set(url, error.message);
  }
}

function unavailable(): Promise<string> {
  return Promise.reject(new GoError('schemas outside the chart are not read'));
}

function problemsOf(chart: SchemaChart, values: Dict, context: CheckContext): string {
  const own = ownProblems(chart, values, context);
  const below = chart.dependencies.map((dependency) => {
    const section = values[dependency.name];
    if (section === undefined || section === null) return '';
    if (section instanceof Dict) return problemsOf(dependency, section, context);
    return `${dependency.name}:\ninvalid type for values: expected object (map), got ${typeOf(section)}\n`;
  });
  return own + below.join('');
}

function ownProblems({ name, chart }: SchemaChart, values: Dict, context: CheckContext): string {
  if (chart.schema === undefined) return '';
  try {
    const validator = new SchemaValidator(documentOf(chart.schema), context);
    const found = validator.validate(values);
    return found === undefined ? '' : `${name}:\n${schemaProblemText(found)}\n`;
  } catch (error) {
    if (error instanceof GoError) return `${name}:\n${error.message}`;
    const reason = error instanceof UnloadedSchema ? context.failures.get(error.url) : undefined;
    if (error instanceof UnloadedSchema && reason !== undefined) {
      return `${name}:\nfailing loading ${quote(error.url)}: ${reason}`;
    }
    throw error;
  }
}

const documents = new WeakMap<SchemaFile, SchemaDocument>();

/** The schema of a file, parsed once. */
function documentOf(file: SchemaFile): SchemaDocument {
  let document = documents.get(file);
  if (document === undefined) {
    document = new SchemaDocument(decodeBytes(file.data));
    documents.set(file, document);
  }
  return document;
}

/** A schema that cannot be read asks for nothing; its error comes when it is used. */
function asksForFormats({ chart, dependencies }: SchemaChart): boolean {
  try {
    if (chart.schema !== undefined && documentOf(chart.schema).mentionsFormats) return true;
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
  }
  return dependencies.some(asksForFormats);
}

/** The checks are a library's; it loads only for charts that name a format. */
async function loadFormats(): Promise<FormatCheck> {
  const { format } = await import('@cfworker/json-schema');
  return (name, text) => {
    const check = format[name];
    return check === undefined || check(text) ? undefined : formatReason(name, text);
  };
}

/** The reasons people meet; for the others the format is named again. */
function formatReason(name: string, text: string): string {
  if (name === 'email' && !text.includes('@')) return 'missing @';
  if (name === 'ipv4') return ipv4Reason(text.split('.'));
  if (name === 'uri' && !/^[a-z][a-z0-9+.-]*:/i.test(text)) return 'relative url';
  return `invalid ${name}`;
}

function ipv4Reason(decimals: readonly string[]): string {
  if (decimals.length !== 4) return 'expected four decimals';
  const hasLeadingZeros = decimals.some((each) => each.length > 1 && each.startsWith('0'));
  return hasLeadingZeros ? 'leading zeros' : 'decimal must be between 0 and 255';
}
