import { SecretError } from '@flotilla/core';
import { createSopsSecretResolver } from '@flotilla/core/node';
import { describe, expect, it } from 'vitest';
import { MemoryFiles } from '../../support/memory-files.ts';
import { type Script, ScriptedProcesses } from '../../support/scripted-processes.ts';

const signal = new AbortController().signal;

function started(
  files: Readonly<Record<string, string>>,
  script: Script = () => ({ stdout: 'a: {b: 7}\n' }),
) {
  const processes = new ScriptedProcesses(script);
  const memory = new MemoryFiles(files);
  return { processes, resolver: createSopsSecretResolver({ processes, files: memory, directory: '/p' }) };
}

async function errorOf(run: Promise<unknown>): Promise<SecretError> {
  const error: unknown = await run.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SecretError);
  return error as SecretError;
}

describe('encrypted files', () => {
  it.each([
    ['yaml', 'a: ENC[x]\nsops:\n    mac: ENC[y]\n'],
    ['json', '{"a":"ENC[x]","sops":{"mac":"y"}}'],
    ['dotenv', 'A=ENC[x]\nsops_version=3.9.0\n'],
    ['ini', 'a = ENC[x]\n[sops]\nmac = y\n'],
  ])('in %s go through sops', async (_, content) => {
    const { processes, resolver } = started({ '/p/s': content });
    expect(await resolver.decrypt('/p/s', signal)).toEqual({ content: 'a: {b: 7}\n', wasEncrypted: true });
    expect(processes.requests[0]).toMatchObject({
      command: 'sops',
      args: ['--decrypt', '/p/s'],
      directory: '/p',
    });
  });

  it('that are not encrypted pass as they are', async () => {
    const { processes, resolver } = started({ '/p/s': 'sops: no metadata\n' });
    expect(await resolver.decrypt('/p/s', signal)).toEqual({
      content: 'sops: no metadata\n',
      wasEncrypted: false,
    });
    expect(processes.requests).toEqual([]);
  });

  it('that sops cannot read are failures with its words', async () => {
    const { resolver } = started({ '/p/s': 'sops:\n  mac: y\n' }, () => ({
      stderr: 'no key\n',
      exitCode: 128,
    }));
    const error = await errorOf(resolver.decrypt('/p/s', signal));
    expect([error.code, error.message]).toEqual(['decryption-failed', 'cannot decrypt /p/s: no key']);
    expect((await errorOf(resolver.decrypt('/p/none', signal))).code).toBe('not-found');
  });

  it('that an interrupt leaves undecrypted are failures, too', async () => {
    const { resolver } = started({ '/p/s': 'sops:\n  mac: y\n' });
    const error = await errorOf(resolver.decrypt('/p/s', AbortSignal.abort()));
    expect(error.message).toBe('cannot decrypt /p/s: interrupted');
  });
});

describe('references', () => {
  const files = { '/p/s.yaml': 'a: {b: 7}\n', '/p/plain.txt': 'text' };

  it('to files give the whole text, or what their keys lead to', async () => {
    const { resolver } = started(files);
    expect(await resolver.resolve('ref+echo://x/y', signal)).toBe('x/y');
    expect(await resolver.resolve('ref+file://plain.txt', signal)).toBe('text');
    expect(await resolver.resolve('ref+file:///p/plain.txt?encode=base64', signal)).toBe('dGV4dA==');
    expect(await resolver.resolve('ref+sops://s.yaml#/a/b', signal)).toEqual(7);
    expect(await resolver.resolve('ref+file://s.yaml#/a/none', signal)).toBeNull();
  });

  it('to services are refused by name, without their path', async () => {
    const { resolver } = started(files);
    const error = await errorOf(resolver.resolve('ref+vault://secret/path#/key', signal));
    expect([error.code, error.subject, error.message]).toEqual([
      'unsupported-provider',
      'ref+vault://…',
      'the secret provider "vault" is not supported yet',
    ]);
  });
});
