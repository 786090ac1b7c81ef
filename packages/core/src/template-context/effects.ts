/**
 * Effects by replay (DESIGN D11): a function that needs an answer from outside takes it from the ledger or suspends the render;
 * the shell performs the request, records the answer and renders again.
 * In: requests. Out: answers, the same for the same occurrence in the same scope, however often it is rendered.
 * Does not perform anything.
 */
import { GoError } from '@flotilla/gocompat';
import { Suspension } from '@flotilla/gotemplate';

export interface ExecRequest {
  readonly kind: 'exec';
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the process environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  readonly directory: string;
}

export interface SecretsRequest {
  readonly kind: 'secrets';
  /** `ref+…` expressions; the answer is an array of the same length. */
  readonly references: readonly string[];
}

export type EffectRequest = ExecRequest | SecretsRequest;

export type EffectAnswer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'failure'; readonly message: string };

/** A request that waits for its answer. */
export interface PendingEffect {
  readonly request: EffectRequest;
  readonly record: (answer: EffectAnswer) => void;
}

/** All answers of a load. */
export class EffectLedger {
  readonly #answers = new Map<string, EffectAnswer>();

  /** A scope counts its occurrences afresh; scopes of the same name share answers (a file rendered twice asks once). */
  scope(name: string): EffectScope {
    return new EffectScope(name, this.#answers);
  }
}

/** Answers for one render. */
export class EffectScope {
  readonly #name: string;
  readonly #answers: Map<string, EffectAnswer>;
  readonly #seen = new Map<string, number>();

  constructor(name: string, answers: Map<string, EffectAnswer>) {
    this.#name = name;
    this.#answers = answers;
  }

  /** The answer to `request`. Throws a Suspension of a PendingEffect while there is none, GoError when it failed. */
  take(request: EffectRequest): unknown {
    const key = JSON.stringify(request);
    const occurrence = this.#seen.get(key) ?? 0;
    this.#seen.set(key, occurrence + 1);
    const place = `${this.#name}\n${occurrence}\n${key}`;
    const answer = this.#answers.get(place);
    if (answer === undefined) {
      const pending: PendingEffect = { request, record: (given) => this.#answers.set(place, given) };
      throw new Suspension(pending);
    }
    if (answer.kind === 'failure') throw new GoError(answer.message);
    return answer.value;
  }
}
