const texts: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EEXIST: 'file exists',
  ENOTDIR: 'not a directory',
  EISDIR: 'is a directory',
  ENOSPC: 'no space left on device',
  EROFS: 'read-only file system',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
};

/** What Go's `syscall.Errno` on Linux says of the error of a system call; its own message when the code is another. */
export function errnoText(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return texts[code] ?? String(message);
}
