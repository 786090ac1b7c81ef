import { didYouMean, errorDiagnostic } from '@flotilla/diagnostics';
import { printChecks } from '../doctor/check.ts';
import { exitCode } from '../exit-code.ts';
import { productVersion } from '../product.ts';
import { printDiagnostics } from '../render/print-diagnostics.ts';
import type { CommandContext } from './command.ts';
import { hasErrorColor } from './with-state.ts';

/**
 * `doctor CODE` prints the page of an error code; `doctor` checks the setup. As `helmfile` it is the reference's command: a
 * comparison, which only a configured language model would explain.
 */
export async function doctor(context: CommandContext): Promise<number> {
  const [code] = context.positionals;
  if (code !== undefined) return explain(context, code);
  if (context.host.program === 'helmfile') return compareOrRefuse(context);
  const { runChecks } = await import('../doctor/run-checks.ts');
  const checks = await runChecks(context);
  const { host, flags } = context;
  host.writeOutput(
    flags.string('output') === 'json'
      ? `${JSON.stringify({ version: productVersion, checks }, null, 2)}\n`
      : printChecks(checks),
  );
  return checks.some(({ state }) => state === 'failed') ? exitCode.failure : exitCode.success;
}

async function explain({ host }: CommandContext, code: string): Promise<number> {
  const { errorCodes, errorPage } = await import('../error-page.ts');
  const page = errorPage(code.replace(/^\[|\]$/g, ''));
  if (page !== undefined) {
    host.writeOutput(page);
    return exitCode.success;
  }
  const hint = didYouMean(code, errorCodes());
  host.writeError(`there is no error code "${code}"\n${hint === undefined ? '' : `  help: ${hint}\n`}`);
  return exitCode.usage;
}

async function compareOrRefuse(context: CommandContext): Promise<number> {
  const { host, flags } = context;
  const key = flags.string('llm-api-key') || host.env['HELMFILE_LLM_API_KEY'] || '';
  const model = flags.string('llm-model') || host.env['HELMFILE_LLM_MODEL'] || '';
  if (key !== '' && model !== '') {
    const diagnostic = errorDiagnostic('feature/doctor-llm', `asking the model "${model}" is not supported`, {
      hint: 'read the comparison itself with diff, or leave out the model',
    });
    printDiagnostics(host, [diagnostic], hasErrorColor(context));
    return exitCode.failure;
  }
  const { releaseCommands } = await import('./release-commands.ts');
  const diff = releaseCommands['diff'];
  return diff === undefined ? exitCode.failure : diff(context);
}
