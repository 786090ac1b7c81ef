export {
  copyDict,
  Dict,
  dict,
  goTypeOfNamed,
  NamedDict,
  namedDict,
  stringMap,
  TypedMap,
} from './value/dict.ts';
export { duration, GoInt, goInt, type IntKind, int, int64, uint64 } from './value/go-int.ts';
export { GoError, type GoMethod, GoStruct, type GoStructShape } from './value/go-struct.ts';
export { GoTime, type GoZone } from './value/go-time.ts';
export { isNilSlice, nilSlice, type SliceType, sliceType, stringSlice, typedSlice } from './value/slice.ts';
export type { GoValue } from './value/value.ts';
