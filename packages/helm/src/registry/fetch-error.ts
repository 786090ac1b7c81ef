import { GoError } from '@flotilla/gocompat';
import { withoutPassword } from '../http/request-error.ts';
import type { HttpResponse } from './http-client.ts';

/** A server answered, but not with what was asked for: Helm's `failed to fetch URL : STATUS`. */
export class FetchError extends GoError {
  readonly url: string;
  readonly status: number;

  constructor(url: string, response: HttpResponse) {
    super(`failed to fetch ${withoutPassword(url)} : ${response.statusLine}`);
    this.url = url;
    this.status = response.status;
  }
}
