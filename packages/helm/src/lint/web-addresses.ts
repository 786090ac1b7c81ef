/** Mail addresses and URLs as `helm lint` accepts them; checks take time linear in the text. */
import { parseUrl } from '../registry/go-url.ts';

const letter = String.raw`a-zA-Z\d\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef`;

/** An address with a plain local part (quoted ones are legal, and nobody uses them) and a domain with a dot. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 0) return false;
  const atoms = text.slice(0, at).split('.');
  const atom = new RegExp(`^[${letter}!#$%&'*+\\-/=?^_\`{|}~]+$`, 'u');
  if (!atoms.every((each) => atom.test(each))) return false;
  const labels = text
    .slice(at + 1)
    .replace(/\.$/, '')
    .split('.');
  const label = new RegExp(`^[${letter}](?:[${letter}\\-_~]*[${letter}])?$`, 'u');
  return labels.length > 1 && labels.every((each) => label.test(each)) && !/^\d/.test(labels.at(-1) ?? '');
}

const maximumUrlLength = 2083;

/** An address of a page, with or without a scheme. */
export function isWebUrl(text: string): boolean {
  if (text.length <= 3 || text.length >= maximumUrlLength || text.startsWith('.') || /\s/.test(text))
    return false;
  const match =
    /^(?:(?:ftp|tcp|udp|wss?|https?):\/\/)?(?:[^/?#]*@)?([^/?#:]*|\[[^\]]*\])\.?(?::\d{1,5})?(?:[/?#].*)?$/.exec(
      text,
    );
  const host = match?.[1] ?? '';
  if (host.startsWith('[')) return host.length > 2;
  return /^[a-zA-Z0-9\u00a1-\uffff](?:[a-zA-Z0-9\u00a1-\uffff_.-]*[a-zA-Z0-9\u00a1-\uffff])?$/.test(host);
}

/** An absolute URL of any scheme, with a host as Go's net/url takes it. */
export function isRequestUrl(text: string): boolean {
  const url = parseUrl(text);
  return url !== undefined && url.scheme !== '' && !/[\s{}|\\^`]/.test(url.host);
}
