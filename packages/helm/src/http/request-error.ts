const passwordInUrl = /^([a-z][a-z0-9+.-]*:\/\/[^/?#:@]*):[^/?#]*@/i;

/** A URL as errors show it: a password in it is `***` (Go's `url.Error`). */
export function withoutPassword(url: string): string {
  return url.replace(passwordInUrl, '$1:***@');
}

export interface FailedRequest {
  readonly method?: string;
  readonly url: string;
}

/** Why a request got no answer, in the words of Go's client: `Get "URL": reason`. */
export function requestErrorText({ method = 'GET', url }: FailedRequest, reason: string): string {
  const verb = `${method.charAt(0)}${method.slice(1).toLowerCase()}`;
  return `${verb} "${withoutPassword(url)}": ${reason}`;
}
