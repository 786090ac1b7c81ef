import { join } from 'node:path';
import { createChart, createChartFrom, verificationText, verifyChart } from '@flotilla/helm';
import { stringFlag } from '../flags/flag.ts';
import { keyringFlag, keyringOf } from './chart-path.ts';
import { type HelmCall, type HelmCommands, printer } from './helm-command.ts';
import { lintCommand } from './lint-command.ts';
import { packageCommand } from './package-command.ts';
import { showCommands } from './show-commands.ts';

/** Commands on charts alone: create, lint, package, show, verify. */

function create(call: HelmCall): void {
  const { registry, flags, args } = call;
  const path = args[0] ?? '';
  const options = { print: printer(call) };
  const starter = flags.string('starter');
  if (starter === '') createChart(path, registry, options);
  else
    createChartFrom(join(registry.paths.dataHome, 'starters'), starter, { path, host: registry, ...options });
}

async function verify(call: HelmCall): Promise<void> {
  const found = await verifyChart(call.args[0] ?? '', call.registry, { keyring: keyringOf(call) });
  call.host.writeOutput(verificationText(found));
}

/** By their words. */
export const chartCommands: HelmCommands = {
  ...showCommands,
  lint: lintCommand,
  package: packageCommand,
  create: {
    spec: {
      name: 'create',
      summary: 'Write a new chart',
      positionals: 'NAME',
      flags: [stringFlag('starter', 'name or path of a chart to start from', { short: 'p' })],
    },
    minimum: 1,
    maximum: 1,
    run: create,
  },
  verify: {
    spec: {
      name: 'verify',
      summary: 'Check the signature of an archive',
      positionals: 'PATH',
      flags: [keyringFlag],
    },
    minimum: 1,
    maximum: 1,
    run: verify,
  },
};
