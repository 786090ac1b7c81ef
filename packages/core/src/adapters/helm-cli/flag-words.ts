/** The words of helm's flags: none for what is not asked. */

/** Flags that are on. */
export function switches(...flags: readonly (readonly [boolean | undefined, string])[]): readonly string[] {
  return flags.filter(([isOn]) => isOn === true).map(([, flag]) => flag);
}

/** A flag with its value. */
export function value(flag: string, content: string | number | undefined): readonly string[] {
  return content === undefined || content === '' ? [] : [flag, String(content)];
}

/** A flag with a duration; none for zero. */
export function seconds(flag: string, content: number | undefined): readonly string[] {
  return content === undefined || content === 0 ? [] : [flag, `${content}s`];
}

/** `--version`, without the digest a registry version may carry. */
export function chartVersion(version: string | undefined): readonly string[] {
  const [text] = (version ?? '').split('@');
  return value('--version', text);
}

/** How servers of charts are talked to: plain HTTP leaves nothing to verify. */
export function download(options: {
  readonly plainHttp?: boolean;
  readonly insecureSkipTlsVerify?: boolean;
}): readonly string[] {
  if (options.plainHttp === true) return ['--plain-http'];
  return switches([options.insecureSkipTlsVerify, '--insecure-skip-tls-verify']);
}
