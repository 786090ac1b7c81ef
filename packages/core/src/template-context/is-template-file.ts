/** True for values files that are rendered before they are read, by Go templates or by Eta (DESIGN D5). */
export function isTemplateFile(name: string): boolean {
  return name.endsWith('.gotmpl') || name.endsWith('.eta');
}
