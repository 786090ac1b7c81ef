import { arrayFlag, booleanFlag, type CommandSpec, type FlagSpec, integerFlag, stringFlag } from './flag.ts';
import {
  argsFlags,
  concurrencyFlags,
  detailedExitcodeFlags,
  diffFlags,
  enforceNeedsFlags,
  needsFlags,
  ownershipFlags,
  postRenderFlags,
  reuseValuesFlags,
  suppressDiffFlags,
  trackFlags,
  upgradeFlags,
  validateFlags,
  valuesFlags,
} from './flag-groups.ts';

/** Every command with its flags (Helmfile 1.8.0, and ours marked as such). */

const selectionFlags: readonly FlagSpec[] = [
  ...argsFlags,
  ...concurrencyFlags,
  ...valuesFlags,
  ...needsFlags,
];
const releaseFlags: readonly FlagSpec[] = [...selectionFlags, ...enforceNeedsFlags, ...postRenderFlags];

const outputTemplate = 'a Go template of the folder';

const syncCommand: CommandSpec = {
  name: 'sync',
  summary: 'Install or upgrade every release, changed or not',
  flags: [
    ...releaseFlags,
    ...reuseValuesFlags,
    ...trackFlags,
    ...upgradeFlags,
    ...validateFlags,
    ...diffFlags,
    ...suppressDiffFlags,
    ...ownershipFlags,
    ...detailedExitcodeFlags,
  ],
};

const applyCommand: CommandSpec = {
  name: 'apply',
  summary: 'Install, upgrade or delete the releases that changed',
  flags: [...syncCommand.flags, booleanFlag('skip-cleanup', 'keep generated values files')],
};

const diffCommand: CommandSpec = {
  name: 'diff',
  summary: 'Show what an apply would change',
  flags: [
    ...releaseFlags,
    ...reuseValuesFlags,
    ...validateFlags,
    ...diffFlags,
    ...ownershipFlags,
    ...detailedExitcodeFlags,
  ],
};

const templateCommand: CommandSpec = {
  name: 'template',
  summary: 'Print the manifests of the releases',
  flags: [
    ...releaseFlags,
    ...validateFlags,
    stringFlag('output-dir', 'write manifests into this folder', { placeholder: 'path' }),
    stringFlag('output-dir-template', outputTemplate),
    booleanFlag('include-crds', 'print CRDs too'),
    booleanFlag('skip-tests', 'leave out test hooks'),
    booleanFlag('skip-cleanup', 'keep generated values files'),
    booleanFlag('no-hooks', 'leave out chart hooks'),
    booleanFlag('skip-schema-validation', 'do not check values against the schema of the chart'),
    stringFlag('kube-version', 'the Kubernetes version to render for'),
    arrayFlag('show-only', 'print only this template of each chart', { placeholder: 'path' }),
    stringFlag('template-args', 'arguments for "helm template"'),
  ],
};

const chartCommands: readonly CommandSpec[] = [
  { name: 'lint', summary: 'Check the charts with the values of the releases', flags: selectionFlags },
  {
    name: 'unittest',
    summary: 'Run the unit tests of the charts',
    flags: [
      ...selectionFlags,
      booleanFlag('fail-fast', 'stop at the first failure'),
      booleanFlag('color', 'colour the report'),
      booleanFlag('debug-plugin', 'let the test plugin print more'),
    ],
  },
  {
    name: 'fetch',
    summary: 'Download the charts of the releases',
    flags: [
      ...concurrencyFlags,
      stringFlag('output-dir', 'keep the charts in this folder', { placeholder: 'path' }),
      stringFlag('output-dir-template', outputTemplate),
      booleanFlag('write-output', 'print a state file that uses the downloaded charts'),
    ],
  },
  {
    name: 'deps',
    summary: 'Resolve chart versions and write the lock file',
    flags: [...argsFlags, ...concurrencyFlags, booleanFlag('skip-repos', 'do not update repositories')],
  },
  { name: 'repos', summary: 'Add the chart repositories', flags: argsFlags },
];

const releaseCommands: readonly CommandSpec[] = [
  {
    name: 'destroy',
    summary: 'Delete the releases, dependants first',
    flags: [
      ...argsFlags,
      ...concurrencyFlags,
      stringFlag('cascade', 'how dependants of deleted objects are deleted', {
        choices: ['background', 'foreground', 'orphan'],
      }),
      booleanFlag('skip-charts', 'do not prepare charts'),
      booleanFlag('deleteWait', 'accepted, without effect (as in Helmfile)'),
      integerFlag('deleteTimeout', 'accepted, without effect (as in Helmfile)', { defaultValue: 300 }),
    ],
  },
  {
    name: 'test',
    summary: 'Run the tests of the releases',
    flags: [
      ...argsFlags,
      ...concurrencyFlags,
      booleanFlag('cleanup', 'accepted, without effect since Helm 3'),
      booleanFlag('logs', 'print the logs of test pods'),
      integerFlag('timeout', 'seconds a test may take', { defaultValue: 300 }),
    ],
  },
  { name: 'status', summary: 'Show the state of the releases', flags: [...argsFlags, ...concurrencyFlags] },
];

const stateCommands: readonly CommandSpec[] = [
  {
    name: 'list',
    summary: 'List the releases',
    flags: [
      stringFlag('output', 'json prints one line of JSON, anything else a table', {
        choices: ['table', 'json'],
      }),
      booleanFlag('skip-charts', 'do not prepare charts'),
      booleanFlag('keep-temp-dir', 'accepted, without effect (as in Helmfile)'),
    ],
  },
  {
    name: 'build',
    summary: 'Print the state files after templating and merging',
    flags: [booleanFlag('embed-values', 'replace values files by their content')],
  },
  {
    name: 'write-values',
    summary: 'Write the values of each release to a file',
    flags: [
      ...concurrencyFlags,
      ...valuesFlags,
      stringFlag('output-file-template', 'a Go template of the file', { placeholder: 'template' }),
    ],
  },
  {
    name: 'print-env',
    summary: 'Print the environment with its values',
    flags: [stringFlag('output', 'layout', { choices: ['yaml', 'json'], defaultValue: 'yaml' })],
  },
  { name: 'show-dag', summary: 'Print the order of the releases', flags: [] },
];

const doctorCommand: CommandSpec = {
  name: 'doctor',
  summary: 'Check the setup, or explain an error code',
  positionals: '[CODE]',
  maximumPositionals: 1,
  flags: [
    ...diffCommand.flags.filter((flag) => flag.name !== 'output' && flag.name !== 'context'),
    stringFlag('output', 'layout of the report', { choices: ['text', 'json'], defaultValue: 'text' }),
    stringFlag('diff-output', 'layout of the comparison'),
    integerFlag('context', 'lines of context around a change', { defaultValue: 3 }),
    stringFlag('llm-base-url', 'address of the model service'),
    stringFlag('llm-api-key', 'key of the model service'),
    stringFlag('llm-model', 'name of the model'),
    { name: 'llm-timeout', kind: 'duration', help: 'how long the model may take' },
    integerFlag('llm-max-tokens', 'length of the answer', { defaultText: '0' }),
    booleanFlag('force', 'exit 0 at high risk, too'),
  ],
};

const toolCommands: readonly CommandSpec[] = [
  {
    name: 'cache',
    summary: 'Show or clear the cache',
    flags: [],
    subcommands: [
      { name: 'info', summary: 'Show the cache folder and what is in it', flags: [] },
      { name: 'cleanup', summary: 'Remove everything from the cache folder', flags: [] },
    ],
  },
  {
    name: 'init',
    summary: 'Check helm and its plugins, and install what is missing',
    flags: [booleanFlag('force', 'do not ask')],
  },
  {
    name: 'create',
    summary: 'Write a first state file',
    positionals: '[NAME]',
    maximumPositionals: 1,
    flags: [
      stringFlag('output-dir', 'the folder to write to', { short: 'o', placeholder: 'path' }),
      booleanFlag('force', 'overwrite existing files'),
    ],
  },
  {
    name: 'version',
    aliases: ['ver'],
    summary: 'Print the version',
    flags: [
      stringFlag('output', 'layout', {
        short: 'o',
        choices: ['json', 'pretty', 'short', 'yaml'],
        refusal: 'invalid output format type',
        defaultValue: 'pretty',
      }),
    ],
  },
  {
    name: 'completion',
    summary: 'Print a completion script for a shell',
    flags: [],
    subcommands: ['bash', 'fish', 'powershell', 'zsh'].map((shell) => ({
      name: shell,
      summary: `Print the completion script for ${shell}`,
      flags: [booleanFlag('no-descriptions', 'complete without descriptions')],
    })),
  },
  { name: 'help', summary: 'Show the help of a command', positionals: '[COMMAND]', flags: [] },
  { name: 'schema', summary: 'Print the JSON Schema of state files', flags: [], isOurs: true },
  {
    name: 'helm',
    summary: "Run Helm's chart commands without helm",
    positionals: 'COMMAND',
    flags: [],
    isOurs: true,
  },
];

/** Helmfile registers its commands in this order, and offers near names in it. */
const order: readonly string[] =
  'create init apply build cache deps destroy diff doctor fetch list repos lint write-values test unittest template sync status show-dag print-env version completion help schema helm'.split(
    ' ',
  );

/** All commands in the order Helmfile registers them, ours last. */
export const commands: readonly CommandSpec[] = [
  applyCommand,
  syncCommand,
  diffCommand,
  doctorCommand,
  templateCommand,
  ...chartCommands,
  ...releaseCommands,
  ...stateCommands,
  ...toolCommands,
].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
