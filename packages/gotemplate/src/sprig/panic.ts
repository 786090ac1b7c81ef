import { GoError } from '@flotilla/gocompat';

/** Ends a function the way Go does: the text becomes `error calling NAME: TEXT`. */
export function panic(text: string): never {
  throw new GoError(text);
}

/** What Go reports when sprig inspects the type of a nil argument. */
export function nilDereference(): never {
  return panic('runtime error: invalid memory address or nil pointer dereference');
}
