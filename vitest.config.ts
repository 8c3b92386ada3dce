import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages', 'functions', 'infra', 'test'].map((folder) => `${folder}/**/*.test.ts`),
          exclude: ['node_modules', 'test/browser', 'test/tidy', 'test/runtime', 'test/slow'].map(
            (folder) => `**/${folder}/**`,
          ),
        },
      },
      { test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'] } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['test/slow/**/*.test.ts'],
          testTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
