/** How often one request is made, for how long each time, and what may have become of it meanwhile. */
import { asRepeated, type ClusterError } from './cluster-error.ts';
import { fateOf, isGone, retryDelay } from './retry.ts';

export interface AttemptRules {
  readonly isReading: boolean;
  /** False for what must not be done twice, such as creating objects that the server names. */
  readonly isRepeatable: boolean;
  readonly limit: number;
  /** True once the server has answered anything: then its absence is taken for a restart. */
  readonly hasAnswered: () => boolean;
  readonly now: () => number;
}

/** Attempts at a server that never answered. */
const strangerLimit = 3;
/** For how long a server that went away is waited for. */
const restartMilliseconds = 60_000;
/** Silence is worth a second try sooner than it is a proof; every try waits twice as long. */
const firstPatience = { reading: 5000, writing: 15_000 } as const;
const longestPatience = 60_000;

export class Attempts {
  readonly #rules: AttemptRules;
  #count = 1;
  #isUnclear = false;
  #goneSince: number | undefined;
  #hasRenewed = false;

  constructor(rules: AttemptRules) {
    this.#rules = rules;
  }

  /** Milliseconds without a byte before this attempt counts as lost. */
  get patience(): number {
    const first = this.#rules.isReading ? firstPatience.reading : firstPatience.writing;
    return Math.min(first * 2 ** (this.#count - 1), longestPatience);
  }

  /** True once, for the first refusal of our credentials. */
  takeRenewal({ reason }: ClusterError): boolean {
    if (reason !== 'Unauthorized' || this.#hasRenewed) return false;
    this.#hasRenewed = true;
    return true;
  }

  /** Milliseconds to wait before the next attempt; undefined when there is none. */
  after(failure: ClusterError): number | undefined {
    const delay = this.#mayGoOn(failure) ? retryDelay(failure, this.#count) : undefined;
    this.#count += 1;
    return delay;
  }

  /** What to tell the caller in the end. */
  final(failure: ClusterError): ClusterError {
    return this.#isUnclear ? asRepeated(failure) : failure;
  }

  #mayGoOn(failure: ClusterError): boolean {
    const fate = fateOf(failure);
    if (fate === 'unclear') {
      if (!this.#rules.isReading && !this.#rules.isRepeatable) return false;
      this.#isUnclear = true;
    }
    if (this.#rules.hasAnswered() && isGone(failure)) return this.#mayComeBack();
    this.#goneSince = undefined;
    const limit = this.#rules.hasAnswered() ? this.#rules.limit : Math.min(this.#rules.limit, strangerLimit);
    return fate !== 'final' && this.#count < limit;
  }

  #mayComeBack(): boolean {
    this.#goneSince ??= this.#rules.now();
    return this.#rules.now() - this.#goneSince < restartMilliseconds;
  }
}
