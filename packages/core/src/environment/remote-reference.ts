const forced = /^[A-Za-z0-9+.-]+::[A-Za-z][A-Za-z0-9+.-]*:\/\//;
const plain = /^(?:https?|s3):\/\//;

/** True for what Helmfile 1.8.0 fetches: `getter::scheme://…`, `http(s)://…`, `s3://…`; not for `oci://` or local paths. */
export function isRemoteReference(text: string): boolean {
  return plain.test(text) || forced.test(text);
}
