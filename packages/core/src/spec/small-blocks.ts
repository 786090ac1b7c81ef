import { hookEvents, missingFileHandlers } from './closed-sets.ts';
import { type FieldsOf, field, printed, type Shape } from './field.ts';
import { anyList, choice, flag, text, textMap, texts } from './field-type.ts';
import type {
  DependencySpec,
  HookSpec,
  InheritSpec,
  MissingFileHandlerConfig,
  SetValueSpec,
  TrackResourceSpec,
} from './release-spec.ts';

export const missingFileHandler: ReturnType<typeof choice> = choice(...missingFileHandlers);

const missingFileFields: FieldsOf<MissingFileHandlerConfig> = {
  ignoreMissingGitBranch: field(flag, 'Treat a missing git branch like a missing file.'),
};
export const missingFileHandlerConfigShape: Shape = {
  name: 'missingFileHandlerConfig',
  goType: 'state.MissingFileHandlerConfig',
  title: 'How missing files are handled',
  fields: missingFileFields,
};

const setValueFields: FieldsOf<SetValueSpec> = {
  name: field(text, "Path of the value, in helm's `--set` syntax."),
  value: field(text, 'The value; any scalar counts as its text.'),
  file: field(text, 'File whose content is the value (`--set-file`).'),
  values: field(anyList, 'A list of values.'),
};
export const setValueShape: Shape = {
  name: 'setValue',
  goType: 'state.SetValue',
  title: 'A single value',
  fields: setValueFields,
};

const inheritFields: FieldsOf<InheritSpec> = {
  template: field(text, 'Name of an entry of `templates`.'),
  except: field(texts, 'Fields of the template that are left out.'),
};
export const inheritShape: Shape = {
  name: 'inherit',
  goType: 'state.Inherit',
  title: 'A release template to start from',
  fields: inheritFields,
};

const dependencyFields: FieldsOf<DependencySpec> = {
  chart: field(text, 'The chart to add.'),
  version: field(text, 'Version or constraint.'),
  alias: field(text, 'Name of the dependency in the chart.'),
};
export const dependencyShape: Shape = {
  name: 'dependency',
  goType: 'state.Dependency',
  title: 'A chart added to the chart of a release',
  fields: dependencyFields,
};

const trackResourceFields: FieldsOf<TrackResourceSpec> = {
  kind: field(text, 'Kind of the object.'),
  name: field(text, 'Name of the object.'),
  namespace: field(text, 'Namespace of the object.'),
};
export const trackResourceShape: Shape = {
  name: 'trackResource',
  goType: 'state.TrackResourceSpec',
  title: 'An object to track',
  fields: trackResourceFields,
};

const hookFields: FieldsOf<HookSpec> = {
  name: printed(text, 'Name in log lines.'),
  events: printed(
    {
      kind: 'list',
      item: choice(...hookEvents),
    },
    'Moments at which the hook runs.',
  ),
  command: printed(text, 'Program to run, without a shell; a template.'),
  kubectlApply: field(textMap, 'Apply `filename` or `kustomize` with kubectl instead of running a command.'),
  args: printed(texts, 'Arguments; templates.'),
  showlogs: printed(flag, 'Print the output of the command.'),
};
export const hookShape: Shape = { name: 'hook', goType: 'event.Hook', title: 'A hook', fields: hookFields };
