import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inLambda = (file: string): string => `${root}packages/adapters/src/lambda/${file}`;

/**
 * How a function becomes one file (design 5.11): `module` before `main` and minified, because every kilobyte
 * is read at cold start; the SDK inside, so that its version is ours. CommonJS, also for what is imported
 * later: an ES module that imports `node:http` makes Node load its whole fetch implementation. zod checks
 * without compiling its checks first, which pays only after thousands of them. What each choice is worth:
 * docs/performance.md. Used by the stacks, by the tests of bundle size and content and by test/runtime: all
 * see the same file.
 */
export function bundleOptionsOf(name: string) {
  return {
    entryPoints: [`${root}functions/${name}/main.ts`],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    banner: { js: 'globalThis.__zod_globalConfig={jitless:true};' },
    alias: {
      '@aws-sdk/endpoint-cache': inLambda('no-endpoint-cache.ts'),
      '@aws-sdk/credential-provider-node': inLambda('environment-credentials.ts'),
      '@smithy/core/event-streams': inLambda('no-event-streams.ts'),
    },
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  } satisfies BuildOptions;
}

/** Writes `index.cjs`. */
export function bundleInto(name: string, folder: string): void {
  buildSync({ ...bundleOptionsOf(name), outfile: `${folder}/index.cjs` });
}

/**
 * The bundle as an asset, named by its own content. esbuild runs inside this process: NodejsFunction would
 * start a package manager for every function, which needs pnpm on the PATH and takes three times as long.
 */
export function bundledCode(name: string): Code {
  return Code.fromAsset(`${root}functions/${name}`, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never pulled: the local bundler below always answers.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(outputFolder) {
          bundleInto(name, outputFolder);
          return true;
        },
      },
    },
  });
}
