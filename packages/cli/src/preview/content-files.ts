import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentProblem } from '@aftercare/protocol/schema';
import * as z from 'zod';

/** The clinician's signature comes after the release: it is the one file that the seal leaves out. */
const UNSEALED = ['approval.json'];
const SEALS = 'checksums.json';

/** The versions under a content folder, such as `microneedling/v1`. */
export function versionsIn(contentFolder: string): string[] {
  return folders(contentFolder).flatMap((id) =>
    folders(join(contentFolder, id)).map((version) => `${id}/${version}`),
  );
}

/** The parsed files of one version by name; a file that is no JSON is a problem of its own. */
export function readVersion(
  contentFolder: string,
  version: string,
): { files: Record<string, unknown>; problems: ContentProblem[] } {
  const files: Record<string, unknown> = {};
  const problems: ContentProblem[] = [];
  for (const file of jsonFiles(join(contentFolder, version))) {
    try {
      files[file] = JSON.parse(readFileSync(join(contentFolder, version, file), 'utf8'));
    } catch (error) {
      problems.push({
        file,
        key: '',
        message: `is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`,
      });
    }
  }
  return { files, problems };
}

/** A clinic's own protocol: one document whose members are the files of a version, by name. */
export function readDocument(
  path: string,
): { ok: true; files: Record<string, unknown> } | { ok: false; message: string } {
  try {
    const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (read.success) return { ok: true, files: read.data };
    return { ok: false, message: `${path} must be one object: the files of a protocol by name.` };
  } catch (error) {
    return {
      ok: false,
      message: `Cannot read ${path}: ${error instanceof Error ? error.message : 'unreadable'}`,
    };
  }
}

/** SHA-256 over names and contents of a version's sealed files, in name order. */
export function checksumOf(contentFolder: string, version: string): string {
  const hash = createHash('sha256');
  for (const file of jsonFiles(join(contentFolder, version)).filter((name) => !UNSEALED.includes(name))) {
    hash.update(`${file}\n`).update(readFileSync(join(contentFolder, version, file)));
  }
  return hash.digest('hex');
}

/** A released version never changes: patients are pinned to its words (design 5.8). */
export function checksumProblems(contentFolder: string, version: string): ContentProblem[] {
  const path = join(contentFolder, SEALS);
  if (!existsSync(path)) return [];
  const sealed = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8')))[version];
  const found = checksumOf(contentFolder, version);
  if (sealed === found) return [];
  const fault =
    sealed === undefined ? 'has no seal' : `was sealed as ${sealed.slice(0, 12)}… and has changed since`;
  return [
    {
      file: SEALS,
      key: version,
      message: `${fault}: change a released protocol by adding a version; its seal would be ${found}`,
    },
  ];
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

function folders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
