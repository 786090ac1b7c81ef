import { orElse, parseYaml, textsIn } from '@flotilla/gocompat';

/** What learns secrets: a Redactor. */
export interface Taints {
  readonly add: (text: string) => void;
}

/** Makes every text in a decrypted YAML document unprintable, or the document itself when it is none. */
export function taintYaml(redactor: Taints, content: string): void {
  const texts = orElse<Iterable<string>>(
    () => textsIn(parseYaml(content, { dialect: 'v3' })),
    () => [content],
  );
  for (const text of texts) redactor.add(text);
}

/** The same for HCL: quoted texts, and whole lines, of which heredocs consist. */
export function taintHcl(redactor: Taints, content: string): void {
  redactor.add(content);
  for (const [, text = ''] of content.matchAll(/"((?:[^"\\]|\\.)*)"/g)) redactor.add(text);
}
