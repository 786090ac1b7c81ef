import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['flotilla-source'] },
  ssr: { resolve: { conditions: ['flotilla-source'] } },
  test: {
    include: [
      'test/parity/**/*.test.ts',
      'test/cluster/**/*.test.ts',
      'test/seed/**/*.test.ts',
      'test/faults/**/*.test.ts',
    ],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 300_000,
    env: { TZ: 'UTC' },
  },
});
