import type { Grammar } from '../flags/parse-arguments.ts';
import { completionNodes } from './completion-model.ts';

/** A PowerShell completion script. */
export function powershellCompletion(grammar: Grammar): string {
  const { program } = grammar;
  const entries = completionNodes(grammar).map(({ words, subcommands, flags }) => {
    const offered = [...subcommands.map((each) => each.name), ...flags.map((flag) => `--${flag.name}`)];
    return `    '${words}' = @(${offered.map((each) => `'${each}'`).join(', ')})`;
  });
  return `# PowerShell completion for ${program}; load with: ${program} completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName ${program} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $offers = @{
${entries.join('\n')}
  }
  $path = ''
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    $next = ("$path $element").Trim()
    if ($offers.ContainsKey($next)) { $path = $next }
  }
  $offers[$path] | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
