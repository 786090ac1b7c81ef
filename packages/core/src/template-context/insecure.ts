/** Helmfile's error of every function that its environment switches turn off. */
export const insecureCallsDisabled =
  'HELMFILE_DISABLE_INSECURE_FEATURES or HELMFILE_DISABLE_INSECURE_TEMPLATE_FUNCTIONS is active, insecure function calls are disabled';
