import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { messageOf } from '../../../model/errors';
import type { TextFile } from './parseFile';
import { Report, type Diagnostic } from './report';
import { candidates, type Environment, type FileKind, type Machine } from './searchPath';

/** What a cloud is resolved from. */
export interface Sources {
  readonly clouds?: TextFile;
  readonly secure?: TextFile;
  /** clouds-public.yaml */
  readonly profiles?: TextFile;
  readonly env: Environment;
  readonly home: string;
  /** about files that could not be read */
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds and reads the files. Never rejects: a file that cannot be read is passed over, as openstacksdk does. */
export async function readSources(machine: Machine): Promise<Sources> {
  const report = new Report();
  const [clouds, secure, profiles] = await Promise.all([
    firstReadable('clouds', machine, report),
    firstReadable('secure', machine, report),
    firstReadable('clouds-public', machine, report),
  ]);
  return {
    ...(clouds && { clouds }),
    ...(secure && { secure }),
    ...(profiles && { profiles }),
    env: machine.env,
    home: machine.home,
    diagnostics: report.diagnostics,
  };
}

async function firstReadable(
  kind: FileKind,
  machine: Machine,
  report: Report,
): Promise<TextFile | undefined> {
  for (const path of candidates(kind, machine)) {
    try {
      const bytes = await readFile(resolve(machine.cwd ?? '', path));
      if (isUtf8(bytes)) return { path, text: bytes.toString() };
      report.error(
        { file: path, line: 1, column: 1 },
        l10n.t('This file is not in UTF-8. Save it in UTF-8.'),
      );
      return undefined;
    } catch (error) {
      if (isAbsence(error)) continue;
      const message = l10n.t(
        'This file cannot be read and is passed over ({0}). Check its rights.',
        messageOf(error),
      );
      report.warn({ file: path, line: 1, column: 1 }, message);
    }
  }
  return undefined;
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
