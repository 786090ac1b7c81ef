/**
 * Thrown by a function whose effect has not been performed yet. The evaluator lets it pass untouched; the shell performs
 * `request`, records the answer and evaluates again.
 */
export class Suspension<Request = unknown> {
  readonly request: Request;

  constructor(request: Request) {
    this.request = request;
  }
}
