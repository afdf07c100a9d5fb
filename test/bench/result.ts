import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { local } from '../setup/places.mjs';
import type { Told } from './lab';
import type { Machine } from './machine';
import type { Figure, Work } from './work';

/** What one work measured, and on what. */
export interface Result extends Told {
  readonly work: Pick<Work, 'name' | 'title' | 'peers' | 'goals'>;
  readonly figures: readonly Figure[];
  readonly machine: Machine;
  /** ISO 8601, UTC */
  readonly finishedAt: string;
  readonly seconds: number;
}

/** Kept, so that one work can be measured again without all the others. */
export function keepResult(result: Result): void {
  mkdirSync(local('bench', 'results'), { recursive: true });
  writeFileSync(fileOf(result.work.name), JSON.stringify(result));
}

/** The last result of a work; undefined before its first. */
export function keptResult(name: string): Result | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(name), 'utf8')) as Result;
  } catch {
    return undefined;
  }
}

function fileOf(name: string): string {
  return local('bench', 'results', `${name}.json`);
}
