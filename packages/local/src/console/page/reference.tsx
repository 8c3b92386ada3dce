import { render } from 'preact';
import type { OpenApi } from './open-api.ts';
import { ReferencePage, type Samples } from './reference-page.tsx';

const signingFiles = ['README.md', 'sign.sh', 'sign.ts', 'sign.py', 'Sign.cs'] as const;

/** Everything comes from the repository this machine runs from: the page works without a network. */
async function load(): Promise<void> {
  const root = document.getElementById('app');
  if (root === null) throw new Error('reference.html has an element #app');
  const response = await fetch('/docs/openapi.json');
  const api: OpenApi = await response.json();
  const texts = await Promise.all(
    signingFiles.map(async (name) => (await fetch(`/docs/signing/${name}`)).text()),
  );
  const samples: Samples = Object.fromEntries(signingFiles.map((name, index) => [name, texts[index] ?? '']));
  root.replaceChildren();
  render(<ReferencePage api={api} samples={samples} />, root);
  if (window.location.hash !== '') document.getElementById(window.location.hash.slice(1))?.scrollIntoView();
}

void load();
