import { writeFileSync } from 'node:fs';
import { apiDocumentText } from './document.ts';

/** `npx pnpm@12 --filter @aftercare/contract openapi` */
writeFileSync(new URL('../../../../docs/openapi.json', import.meta.url), apiDocumentText());
