// Starts packages/cli/src/triage.ts. JavaScript, so that Node need not load what strips types (20 MB) once it
// keeps the stripped rest of an earlier run in the system's temporary folder.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./triage.ts');
