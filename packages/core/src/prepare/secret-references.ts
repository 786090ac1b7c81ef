import { GoError } from '@flotilla/gocompat';
import { performEffect } from '../template-context/perform-effect.ts';
import { expandReferences } from '../template-context/secret-references.ts';
import type { Session } from './session.ts';

export interface Expanded {
  readonly value: unknown;
  /** True when the value holds something that came from a secret store. */
  readonly isSecret: boolean;
}

/**
 * A value with every `ref+…` in it replaced by what its provider says; each reference is asked for once per run.
 * Rejects with GoError when a provider fails or is not supported.
 */
export async function expandSecrets(session: Session, value: unknown): Promise<Expanded> {
  const known = session.memo.references;
  let isSecret = false;
  for (;;) {
    const before = expandReferences(value, known);
    if (before.missing.length === 0)
      return { value: before.value, isSecret: isSecret || before.value !== value };
    isSecret = true;
    if (session.deny.has('secrets'))
      throw new GoError(`cannot expand ${before.missing[0]}: --deny secrets is active`);
    await askOnce(session, before.missing);
  }
}

/** Asks for what nobody is asking for yet, and waits for all. */
async function askOnce(session: Session, references: readonly string[]): Promise<void> {
  const { asked } = session.memo;
  const running = references.flatMap((reference) => asked.get(reference) ?? []);
  const fresh = references.filter((reference) => !asked.has(reference));
  if (fresh.length > 0) {
    const asking = ask(session, fresh);
    for (const reference of fresh) asked.set(reference, asking);
    running.push(asking);
  }
  await Promise.all(running);
}

async function ask(session: Session, references: readonly string[]): Promise<void> {
  const ports = { ...session.ports, redactor: session.redactor };
  const answer = await performEffect({ kind: 'secrets', references }, ports, session.signal);
  if (answer.kind === 'failure') throw new GoError(answer.message);
  const values = answer.value as readonly unknown[];
  references.forEach((reference, index) => {
    session.memo.references.set(reference, values[index]);
  });
}
