/** Exit codes, as Helmfile 1.8.0 gives them. */
export const exitCode = {
  success: 0,
  failure: 1,
  /** `--detailed-exitcode` found or made changes. */
  changes: 2,
  /** A wrong command line, or no release matched. */
  usage: 3,
  interrupted: 130,
  terminated: 143,
} as const;
