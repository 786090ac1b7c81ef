/** What a function sees of the execution that calls it. */
export interface TemplateCall {
  /** The value given as `context` to `TemplateSet.execute`: host state that belongs to one render, not to the compiled templates. */
  readonly context: unknown;
  /** Counters shared by everything that runs below one `execute`, such as Helm's include recursion counts. */
  readonly counters: Map<string, number>;
  /**
   * Runs a template of the current name space into a string.
   * Throws the TemplateError of the run, or GoError `template: no template "x" associated with template "gotpl"`.
   */
  readonly executeTemplate: (name: string, data: unknown) => string;
  /**
   * Runs `text` as a template called `name` in a name space laid over the current one: definitions in `text` hide
   * those of the caller and are gone afterwards. Compiled texts are cached. Throws TemplateError, of parsing or running.
   */
  readonly executeText: (name: string, text: string, data: unknown) => string;
}
