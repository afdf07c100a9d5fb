import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Release = 'victoria' | 'zed' | 'epoxy';
export type SchemaName = 'nova_api' | 'nova' | 'placement';

export interface ForeignKeyFacts {
  readonly name: string;
  readonly columns: readonly string[];
  readonly ref_table: string;
  readonly ref_columns: readonly string[];
  readonly on_delete: string;
  readonly on_update: string;
}

/** One table as information_schema shows it: a column's type with `NOT NULL` where it is so, keys by name. */
export interface TableFacts {
  readonly columns: Readonly<Record<string, string>>;
  readonly pk: readonly string[];
  readonly unique: Readonly<Record<string, readonly string[]>>;
  readonly index: Readonly<Record<string, readonly string[]>>;
  readonly fk: readonly ForeignKeyFacts[];
}

export type DatabaseFacts = Readonly<Record<string, TableFacts>>;

interface ReleaseFacts {
  readonly packages: readonly string[];
  readonly databases: Readonly<Record<SchemaName, DatabaseFacts>>;
}

const loaded = new Map<Release, ReleaseFacts>();

/** The tables of one database of a release, read from real deployments of the Debian packages named in the file. */
export function factsOf(release: Release, which: SchemaName): DatabaseFacts {
  const known = loaded.get(release) ?? readFacts(release);
  loaded.set(release, known);
  return known.databases[which];
}

function readFacts(release: Release): ReleaseFacts {
  return JSON.parse(readFileSync(join(__dirname, `${release}.json`), 'utf8')) as ReleaseFacts;
}
