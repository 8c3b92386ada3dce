import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';
import { factsOf, type SourceFacts } from './source-facts.ts';

const PLACE = '/tidy';

/**
 * Parses TypeScript texts by path, with the compiler of this repository and nothing resolved: no types, no
 * dependencies, so that the whole repository takes about a second.
 */
export function parseAll(texts: ReadonlyMap<string, string>): SourceFacts[] {
  const paths = [...texts.keys()];
  const config = {
    compilerOptions: {
      noLib: true,
      noResolve: true,
      types: [],
      noEmit: true,
      allowImportingTsExtensions: true,
      jsx: 'preserve',
      module: 'NodeNext',
      target: 'ES2024',
    },
    files: paths.map((path) => `${PLACE}/${path}`),
  };
  const onDisk: Record<string, string> = { [`${PLACE}/tsconfig.json`]: JSON.stringify(config) };
  for (const [path, text] of texts) onDisk[`${PLACE}/${path}`] = text;
  const api = new API({ cwd: PLACE, fs: createVirtualFileSystem(onDisk) });
  try {
    const snapshot = api.updateSnapshot({ openProjects: [`${PLACE}/tsconfig.json`] });
    const program = snapshot.getProjects()[0]?.program;
    return paths.map((path) => {
      const root = program?.getSourceFile(`${PLACE}/${path}`);
      if (root === undefined) throw new Error(`the compiler did not parse ${path}`);
      return factsOf(path, texts.get(path) ?? '', root);
    });
  } finally {
    api.close();
  }
}
