import { render } from 'preact';
import { App } from './app.tsx';
import { createClient } from './client.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('console.html has an element #app');
const client = createClient();
root.replaceChildren();
render(<App client={client} />, root);
void client.start();
