export { errnoText } from './errno.ts';
export { formatAction, formatValue } from './fmt/format-value.ts';
export { sprint, sprintln } from './fmt/sprint.ts';
export { sprintf } from './fmt/sprintf.ts';
export { compileGlob, type Glob } from './glob/compile-glob.ts';
export { matchPath } from './glob/match-path.ts';
export { type JsonReadOptions, parseGoJson } from './json/read-json.ts';
export { type JsonPrefix, JsonSyntaxError, readJsonPrefix } from './json/scan-json.ts';
export { type JsonWriteOptions, toGoJson } from './json/write-json.ts';
export { compileRegexp, GoRegexp, quoteMeta, type RegexpMatch } from './regexp/go-regexp.ts';
export {
  type Constraint,
  explainMismatch,
  formatConstraint,
  parseConstraint,
  satisfiesConstraint,
} from './semver/constraint.ts';
export {
  compareVersions,
  formatVersion,
  incrementVersion,
  parseStrictVersion,
  parseVersion,
  type Version,
  withMetadata,
  withPrerelease,
} from './semver/version.ts';
export { baseNameOf, cleanPath, directoryOf, extensionOf, joinPath } from './slash-path.ts';
export { type FloatVerb, formatFloat, formatShortestFloat } from './strconv/format-float.ts';
export { parseBool } from './strconv/parse-bool.ts';
export { parseGoFloat, parseGoFloat as parseFloat, scanFloat } from './strconv/parse-float.ts';
export {
  atoi,
  parseInteger,
  parseUnsigned,
  type ScannedInteger,
  scanInteger,
  scanUnsigned,
} from './strconv/parse-integer.ts';
export { isPrintable } from './strconv/printable.ts';
export { canBackquote, quote, quoteRune, quoteToAscii } from './strconv/quote.ts';
export { unquote } from './strconv/unquote.ts';
export {
  byteLength,
  decodeBytes,
  encodeText,
  isAscii,
  rejoinBytes,
  runeCount,
  sliceBytes,
  toValidText,
} from './text.ts';
export { formatDuration, parseDuration, roundDuration, truncateDuration } from './time/duration.ts';
export { formatTime, formatTimeValue, rfc3339, rfc3339Nano } from './time/format-time.ts';
export { parseTime } from './time/parse-time.ts';
export { fixedZone, loadZone, localZone, utcZone } from './time/zones.ts';
export { emitToml } from './toml/emit-toml.ts';
export { parseToml } from './toml/parse-toml.ts';
export { castToFloat64, castToInt, castToInt64 } from './value/cast.ts';
export { orElse, orUndefined, wrapGoError, wrapping } from './value/catch-go-error.ts';
export {
  copyDict,
  Dict,
  dict,
  goTypeOfNamed,
  NamedDict,
  namedDict,
  nilStringMap,
  stringMap,
  TypedMap,
} from './value/dict.ts';
export { deepEqual } from './value/equal.ts';
export { fromJs, toJs } from './value/from-js.ts';
export { duration, GoInt, goInt, type IntKind, int, int64, uint64 } from './value/go-int.ts';
export { GoError, type GoMethod, GoStruct, type GoStructShape } from './value/go-struct.ts';
export { GoTime, type GoZone, type ZoneOffset } from './value/go-time.ts';
export { kindOf, typeOf } from './value/kind.ts';
export { deleteKey, namedView, plainView, setKey } from './value/map-view.ts';
export { compareStrings, sortedKeys, sortStrings } from './value/order.ts';
export { isNilSlice, nilSlice, type SliceType, sliceType, stringSlice, typedSlice } from './value/slice.ts';
export { textsIn } from './value/texts-in.ts';
export { isTruthy } from './value/truth.ts';
export type { GoValue } from './value/value.ts';
export { isBlank, isSpace, trimLeftSpace, trimRightSpace, trimSpace } from './white-space.ts';
export { type EmitYamlOptions, emitYaml } from './yaml/emit-yaml.ts';
export { compareKeys as compareYamlKeys } from './yaml/key-order.ts';
export { yamlKeys } from './yaml/map-target.ts';
export type {
  YamlAlias,
  YamlEntry,
  YamlMapping,
  YamlNode,
  YamlScalar,
  YamlSequence,
} from './yaml/node.ts';
export {
  nodeToValue,
  type ParseYamlOptions,
  parseYaml,
  parseYamlDocuments,
  parseYamlTree,
  parseYamlTrees,
  type YamlTrees,
} from './yaml/parse-yaml.ts';
export type { ScalarStyle as YamlScalarStyle } from './yaml/token.ts';
export { placeAt, type YamlDialect, YamlError, type YamlPlace } from './yaml/yaml-error.ts';
