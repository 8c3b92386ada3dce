import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * How a function becomes one file (design 5.11): `module` before `main` and minified, because every kilobyte
 * is read at cold start; the SDK inside, so that its version is ours. The banner gives the CommonJS parts
 * (Twilio) a `require`. Used by the stacks, by the tests of bundle size and content and by test/runtime: all
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
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js:
        "import { createRequire as makeRequire } from 'node:module';" +
        'const require = makeRequire(import.meta.url);',
    },
    alias: {
      '@aws-sdk/credential-provider-node': `${root}packages/adapters/src/lambda/environment-credentials.ts`,
    },
    legalComments: 'none',
    logLevel: 'warning',
  } satisfies BuildOptions;
}

/** Writes `index.mjs`. */
export function bundleInto(name: string, folder: string): void {
  buildSync({ ...bundleOptionsOf(name), outfile: `${folder}/index.mjs` });
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
