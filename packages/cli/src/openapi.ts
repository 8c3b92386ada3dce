import { writeFileSync } from 'node:fs';
import { apiDocumentText } from '@aftercare/contract/openapi/document';

/** Writes docs/openapi.json from the schemas; a test fails while it is not the committed one. */
writeFileSync(new URL('../../../docs/openapi.json', import.meta.url), apiDocumentText());
