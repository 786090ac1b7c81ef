/** sprig's `semver` and `semverCompare`, and the version that templates see: Masterminds' `*semver.Version`. */
import {
  compareVersions,
  formatVersion,
  GoError,
  type GoMethod,
  GoStruct,
  incrementVersion,
  int,
  parseConstraint,
  parseVersion,
  satisfiesConstraint,
  typeOf,
  uint64,
  type Version,
  withMetadata,
  withPrerelease,
} from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';

const versions = new WeakMap<GoStruct, Version>();

function structOf(version: Version, isPointer: boolean): GoStruct {
  const struct = new GoStruct({
    goType: 'semver.Version',
    isPointer,
    fields: new Map(),
    methods: methodsOf(version),
    text: () => formatVersion(version),
  });
  versions.set(struct, version);
  return struct;
}

function versionIn(value: unknown): Version {
  const version = value instanceof GoStruct ? versions.get(value) : undefined;
  if (version !== undefined) return version;
  throw new GoError(`wrong type for value; expected *semver.Version; got ${typeOf(value)}`);
}

function methodsOf(version: Version): ReadonlyMap<string, GoMethod> {
  const methods = [...readers(version), ...changers(version), ...comparisons(version)];
  return new Map(methods.map((method) => [method.name, method]));
}

function reader(name: string, call: () => unknown): GoMethod {
  return { name, parameters: [], call };
}

function readers(version: Version): GoMethod[] {
  return [
    reader('Major', () => uint64(version.major)),
    reader('Minor', () => uint64(version.minor)),
    reader('Patch', () => uint64(version.patch)),
    reader('Prerelease', () => version.prerelease),
    reader('Metadata', () => version.metadata),
    reader('Original', () => version.original),
    reader('String', () => formatVersion(version)),
  ];
}

function changers(version: Version): GoMethod[] {
  const changer = (name: string, change: (text: string) => Version): GoMethod => ({
    name,
    parameters: ['string'],
    call: (text) => structOf(change(String(text)), false),
  });
  return [
    reader('IncMajor', () => structOf(incrementVersion(version, 'major'), false)),
    reader('IncMinor', () => structOf(incrementVersion(version, 'minor'), false)),
    reader('IncPatch', () => structOf(incrementVersion(version, 'patch'), false)),
    changer('SetPrerelease', (text) => withPrerelease(version, text)),
    changer('SetMetadata', (text) => withMetadata(version, text)),
  ];
}

function comparisons(version: Version): GoMethod[] {
  const comparison = (name: string, answer: (order: number) => unknown): GoMethod => ({
    name,
    parameters: ['any'],
    call: (other) => answer(compareVersions(version, versionIn(other))),
  });
  return [
    comparison('Compare', int),
    comparison('Equal', (order) => order === 0),
    comparison('LessThan', (order) => order < 0),
    comparison('LessThanEqual', (order) => order <= 0),
    comparison('GreaterThan', (order) => order > 0),
    comparison('GreaterThanEqual', (order) => order >= 0),
  ];
}

/** sprig's version functions. */
export const semverFunctions: Readonly<Record<string, FunctionSpec>> = {
  semver: goFunction(['string'], (text) => structOf(parseVersion(text), true)),
  semverCompare: goFunction(['string', 'string'], (range, text) => {
    const constraint = parseConstraint(range);
    return satisfiesConstraint(constraint, parseVersion(text));
  }),
};
