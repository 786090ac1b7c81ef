import type { Redactor } from '@flotilla/diagnostics';
import { diagnosticWithoutSecrets } from '../events/without-secrets.ts';
import type { Transcript } from '../ports/executor.ts';
import type { Failure } from './run-report.ts';

/** A failure as reports keep it: every known secret masked, also in what programs printed. */
export function failureWithoutSecrets(redactor: Redactor, failure: Failure): Failure {
  switch (failure.kind) {
    case 'executor':
    case 'hook':
      return {
        ...failure,
        message: redactor.redact(failure.message),
        diagnostic: diagnosticWithoutSecrets(redactor, failure.diagnostic),
        ...(failure.transcript === undefined
          ? {}
          : { transcript: transcriptWithoutSecrets(redactor, failure.transcript) }),
      };
    case 'diagnostics': {
      const diagnostics = failure.diagnostics.map((each) => diagnosticWithoutSecrets(redactor, each));
      return { ...failure, diagnostics };
    }
    case 'other':
      return { ...failure, message: redactor.redact(failure.message) };
  }
}

function transcriptWithoutSecrets(redactor: Redactor, transcript: Transcript): Transcript {
  const { argv, stdout, stderr, combined } = transcript;
  return {
    ...transcript,
    argv: argv.map((arg) => redactor.redact(arg)),
    stdout: redactor.redact(stdout),
    stderr: redactor.redact(stderr),
    ...(combined === undefined ? {} : { combined: redactor.redact(combined) }),
  };
}
