import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['flotilla-source'] },
  ssr: { resolve: { conditions: ['flotilla-source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/unit/**/*.test.ts', 'test/e2e/**/*.test.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 20_000,
    env: { TZ: 'UTC', NO_COLOR: '1' },
  },
});
