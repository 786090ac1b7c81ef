import {
  type CallContext,
  ExecutorError,
  type HelmExecutor,
  type ReleaseRequest,
  type RenderedRelease,
} from '@flotilla/core';
import { renderedDifference } from './compare-rendered.ts';

/**
 * `--verify-executor`: an executor whose every rendering is compared with another's. In: requests. Out: what the first
 * executor answers; where the manifests are not the same bytes, an ExecutorError with the difference, and nothing is
 * installed. Only rendering is done twice.
 */
export function verifyingExecutor(first: HelmExecutor, second: HelmExecutor): HelmExecutor {
  const check = (request: ReleaseRequest, call: CallContext): Promise<RenderedRelease> =>
    compared(request, call, [first, second]);
  return {
    name: first.name,
    template: async (request, call) => {
      const { outputDirectory, ...options } = request.options;
      const rendered = await check({ ...request, options }, call);
      return outputDirectory === undefined ? rendered : first.template(request, call);
    },
    upgrade: async (request, call) => {
      await check({ ...request, commandArgs: [] }, call);
      return first.upgrade(request, call);
    },
    probe: (call) => first.probe(call),
    connect: (repositories, call, extraArgs) => first.connect(repositories, call, extraArgs),
    refresh: (call) => first.refresh(call),
    fetch: (request, call) => first.fetch(request, call),
    buildDependencies: (request, call) => first.buildDependencies(request, call),
    resolveVersion: (request, call) => first.resolveVersion(request, call),
    lint: (request, call) => first.lint(request, call),
    status: (key, call, extraArgs) => first.status(key, call, extraArgs),
    statusText: (key, extraArgs, call) => first.statusText(key, extraArgs, call),
    storedManifest: (key, call) => first.storedManifest(key, call),
    storedValues: async (key, call) => (await first.storedValues?.(key, call)) ?? '',
    uninstall: (request, call) => first.uninstall(request, call),
    test: (request, call) => first.test(request, call),
    rollback: (request, call) => first.rollback(request, call),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([first[Symbol.asyncDispose](), second[Symbol.asyncDispose]()]);
    },
  };
}

/** The first one's rendering. Where both fail it is the first one's failure, whatever the other says. */
async function compared(
  request: ReleaseRequest,
  call: CallContext,
  [first, second]: readonly [HelmExecutor, HelmExecutor],
): Promise<RenderedRelease> {
  const [mine, theirs] = await Promise.allSettled([
    first.template(request, call),
    second.template(request, { ...call, emit: () => undefined }),
  ]);
  if (mine.status === 'rejected') {
    if (theirs.status === 'rejected') throw mine.reason;
    throw differing(request, [first, second], `${first.name} fails: ${messageOf(mine.reason)}\n`);
  }
  if (theirs.status === 'rejected') {
    throw differing(request, [first, second], `${second.name} fails: ${messageOf(theirs.reason)}\n`);
  }
  const difference = await renderedDifference(mine.value.text, theirs.value.text);
  if (difference !== undefined) throw differing(request, [first, second], difference);
  return mine.value;
}

function differing(
  { key }: ReleaseRequest,
  [first, second]: readonly [HelmExecutor, HelmExecutor],
  difference: string,
): ExecutorError {
  const sides = `- ${first.name}, + ${second.name}`;
  return new ExecutorError(
    'renderings-differ',
    `the executors render different manifests (${sides}):\n${difference.trimEnd()}`,
    { key },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
