import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A file of the console as it leaves the server. */
export type PageFile = { readonly contentType: string; readonly body: string | Uint8Array };

const folder = new URL('./page/', import.meta.url);
const documents = new URL('../../../../docs/', import.meta.url);

const pages: Readonly<Record<string, string>> = {
  '/': 'console.html',
  '/docs': 'reference.html',
  '/console/style.css': 'style.css',
  '/console/icon.svg': 'icon.svg',
};
const scripts: Readonly<Record<string, string>> = {
  '/console/console.js': 'console.tsx',
  '/console/reference.js': 'reference.tsx',
};
/** Shown by the API reference; nothing else of the repository is served. */
const referenceFiles: Readonly<Record<string, string>> = {
  '/docs/openapi.json': 'openapi.json',
  '/docs/signing/README.md': 'signing/README.md',
  '/docs/signing/sign.sh': 'signing/sign.sh',
  '/docs/signing/sign.ts': 'signing/sign.ts',
  '/docs/signing/sign.py': 'signing/sign.py',
  '/docs/signing/Sign.cs': 'signing/Sign.cs',
};

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json',
};

let bundles: Promise<ReadonlyMap<string, Uint8Array>> | undefined;

/** The file at a path, or undefined. Scripts are bundled in memory when first asked for, once per process. */
export async function pageFile(path: string): Promise<PageFile | undefined> {
  const script = scripts[path];
  if (script !== undefined) {
    bundles ??= bundleScripts();
    const body = (await bundles).get(script.replace('.tsx', '.js'));
    return body === undefined ? undefined : { contentType: 'text/javascript; charset=utf-8', body };
  }
  const page = pages[path];
  if (page !== undefined) {
    // The page will ask for its script at once: start while it is being read.
    if (page.endsWith('.html')) warmBundles();
    return read(new URL(page, folder));
  }
  const document = referenceFiles[path];
  return document === undefined ? undefined : read(new URL(document, documents));
}

function warmBundles(): void {
  bundles ??= bundleScripts();
  bundles.catch(() => undefined);
}

async function read(file: URL): Promise<PageFile> {
  const extension = file.pathname.split('.').at(-1) ?? '';
  return {
    contentType: contentTypes[extension] ?? 'text/plain; charset=utf-8',
    body: await readFile(file),
  };
}

async function bundleScripts(): Promise<ReadonlyMap<string, Uint8Array>> {
  // Loaded when somebody opens the page: `start` does not wait for it.
  const { build, stop } = await import('esbuild');
  const built = await build({
    entryPoints: Object.values(scripts).map((name) => fileURLToPath(new URL(name, folder))),
    outdir: '/',
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  });
  await stop();
  return new Map(built.outputFiles.map((file) => [file.path.split(/[/\\]/).at(-1) ?? '', file.contents]));
}
