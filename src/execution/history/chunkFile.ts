import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as l10n from '@vscode/l10n';
import { messageOf, OperatorError } from '../../model/errors';

/** The rows of a chunk are ten times as large as their file, and are in memory while it is written or loaded. */
const pack = promisify(gzip);
const unpack = promisify(gunzip);
/** About how much smaller rows become: what comes out of gzip at a time. */
const fold = 6;
const first = '-- @uuids ';

export const chunkSuffix = '.sql.gz';

/** A piece of a file, packed by itself while the server goes on: gzip takes pieces that follow each other as one. */
export function packed(piece: Buffer | string): Promise<Buffer> {
  return pack(piece, { level: 1, chunkSize: Math.max(1024, Math.ceil(piece.length / fold)) });
}

/** The file of one transaction: whose rows, then the statements that bring them back, parents first. */
export async function chunkFile(
  uuids: readonly string[],
  pieces: readonly Promise<Buffer>[],
): Promise<Buffer> {
  return Buffer.concat(await Promise.all([packed(`${first}${JSON.stringify(uuids)}\n`), ...pieces]));
}

export function sha256(file: Buffer): string {
  return createHash('sha256').update(file).digest('hex');
}

export interface ChunkContent {
  readonly uuids: readonly string[];
  /** without their semicolons */
  readonly statements: readonly string[];
}

/** Rejects unless the file is the one that was written. */
export async function readChunkFile(
  folderOfRun: string,
  { file, sha256: expected }: { readonly file: string; readonly sha256: string },
): Promise<ChunkContent> {
  const path = join(folderOfRun, 'restore', file);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, messageOf(error));
  });
  if (sha256(bytes) !== expected) {
    throw unreadable(path, l10n.t('it is not what the run wrote'));
  }
  const lines = (await unpack(bytes)).toString('utf8').split('\n').slice(0, -1);
  const uuids = JSON.parse(lines[0]?.slice(first.length) ?? '') as string[];
  return { uuids, statements: lines.slice(1).map((line) => line.slice(0, -1)) };
}

function unreadable(path: string, why: string): OperatorError {
  return new OperatorError(
    'plan-refused',
    l10n.t('The file {0} can not be used: {1}', path, why),
    l10n.t('Put it back from a backup of this machine, or leave its line out of the plan.'),
  );
}
