/** A path as frames show it: relative to where the command was given when it is below, else absolute. */
export function displayPath(absolute: string, workingDirectory: string): string {
  const directory = workingDirectory.endsWith('/') ? workingDirectory : `${workingDirectory}/`;
  return absolute.startsWith(directory) ? absolute.slice(directory.length) : absolute;
}
