import { GoError } from '@flotilla/gocompat';
import { callFunction, type FunctionTable } from '@flotilla/gotemplate';
import { renderContextOf } from './render-context.ts';

const secretName = /pass|secret|token|key|cred|private|auth/i;

/** `requiredEnv` of Helmfile 1.8.0. What comes from a variable named like a secret is redacted from then on. */
export const environmentFunctions: FunctionTable = new Map([
  [
    'requiredEnv',
    callFunction(['string'], (execution, name) => {
      const { world, isLenient } = renderContextOf(execution);
      const value = Object.hasOwn(world.environment, name) ? world.environment[name] : undefined;
      if (value === undefined || value === '') {
        if (isLenient) return '';
        throw new GoError(`required env var \`${name}\` is not set`);
      }
      if (secretName.test(name)) world.redactor.add(value);
      return value;
    }),
  ],
]);
