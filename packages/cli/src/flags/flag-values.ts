import type { FlagSpec } from './flag.ts';

/** Values of a parsed command line: what was given, else the flag's default, else the zero value of its kind. */
export class FlagValues {
  readonly #given = new Map<string, boolean | string | number | string[]>();
  readonly #specs: ReadonlyMap<string, FlagSpec>;

  constructor(specs: Iterable<FlagSpec>) {
    this.#specs = new Map([...specs].map((each) => [each.name, each]));
  }

  /** Stores one occurrence: arrays collect, everything else is replaced. */
  store(name: string, value: boolean | string | number): void {
    if (this.#specs.get(name)?.kind !== 'array') {
      this.#given.set(name, value);
      return;
    }
    const known = this.#given.get(name);
    if (Array.isArray(known)) known.push(String(value));
    else this.#given.set(name, [String(value)]);
  }

  wasGiven(name: string): boolean {
    return this.#given.has(name);
  }

  boolean(name: string): boolean {
    return (this.#given.get(name) ?? this.#specs.get(name)?.defaultValue ?? false) === true;
  }

  string(name: string): string {
    const value = this.#given.get(name) ?? this.#specs.get(name)?.defaultValue;
    return typeof value === 'string' ? value : '';
  }

  integer(name: string): number {
    const value = this.#given.get(name) ?? this.#specs.get(name)?.defaultValue;
    return typeof value === 'number' ? value : 0;
  }

  array(name: string): readonly string[] {
    const value = this.#given.get(name);
    return Array.isArray(value) ? value : [];
  }

  /** A flag whose every value may hold several, with commas between them (pflag's StringSlice). */
  list(name: string): readonly string[] {
    return this.array(name).flatMap((each) => (each === '' ? [] : each.split(',')));
  }
}
