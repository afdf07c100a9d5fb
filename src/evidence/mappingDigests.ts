import type { Connection, Row } from '../cloud/database/connection';
import type { Table } from '../model/schema';
import { hasColumn, quoted } from './sql';
import { integerOf } from './values';

/** What one database has of the UUIDs that begin alike: how many, and a sum over them. */
interface Digest {
  readonly rows: number;
  readonly sum: number;
}

/** By the first three digits of the UUIDs, as a number. */
export type Digests = ReadonlyMap<number, Digest>;

const prefixes = 0x1000;
/** Of the sums, which several databases may have parts of. */
const modulus = 2 ** 32;

/** A query for each range costs about as much as reading so many rows that agree. */
const rowsForARange = 2_000;
/** Read at a time, and held in memory. */
const mostRows = 10_000;

/**
 * Mappings: those in `instance_mappings`, and whether Nova counts each as live. Instances: those in `instances`, and
 * whether each is live. Where both agree, each instance has its mapping, and each mapping its instance.
 */
export function mappingDigest(mappings: Table): string {
  const live = tellsQueued(mappings) ? 'COALESCE(queued_for_delete, 0) = 0' : 'FALSE';
  // One without a cell is worth a look, whatever the cells have.
  return digestSql('instance_mappings', 'instance_uuid', `IF(cell_id IS NULL, 5, IF(${live}, 3, 1))`);
}

export function instanceDigest(mappings: Table): string {
  return digestSql('instances', 'uuid', tellsQueued(mappings) ? 'IF(deleted = 0, 3, 1)' : '1');
}

export function tellsQueued(mappings: Table): boolean {
  return hasColumn(mappings, 'queued_for_delete');
}

/** @param weight by the state: the checks are added up, since those of two that differ alike would cancel out in an XOR */
function digestSql(table: string, column: string, weight: string): string {
  const check = `CRC32(LOWER(${quoted(column)})) * ${weight}`;
  return `SELECT LOWER(LEFT(${quoted(column)}, 3)) AS prefix, COUNT(*) AS n, MOD(SUM(${check}), ${modulus}) AS x
    FROM ${table} GROUP BY prefix`;
}

export async function readDigests(
  connection: Connection,
  sql: string,
  signal: AbortSignal | undefined,
): Promise<Digests> {
  const digests = new Map<number, Digest>();
  const take = ({ prefix, n, x }: Row): void => {
    // What begins otherwise is no UUID.
    if (/^[0-9a-f]{3}$/.test(String(prefix))) {
      digests.set(Number.parseInt(String(prefix), 16), { rows: integerOf(n), sum: Number(x) });
    }
  };
  await connection.stream(sql, [], take, signal);
  return digests;
}

/** What several databases have together. */
export function together(all: readonly Digests[]): Digests {
  const sum = new Map<number, Digest>();
  for (const [prefix, digest] of all.flatMap((each) => [...each])) {
    const before = sum.get(prefix) ?? { rows: 0, sum: 0 };
    sum.set(prefix, {
      rows: before.rows + digest.rows,
      sum: (before.sum + digest.sum) % modulus,
    });
  }
  return sum;
}

interface Range {
  readonly first: number;
  last: number;
  rows: number;
}

/** Ranges of UUIDs that hold all in which the two differ: by the first three digits of the first and of the last. */
export class DifferingRanges {
  private readonly ranges: Range[] = [];

  constructor(one: Digests, other: Digests) {
    let agreeing = 0;
    for (let prefix = 0; prefix < prefixes; prefix++) {
      const [here, there] = [one.get(prefix), other.get(prefix)];
      const rows = Math.max(here?.rows ?? 0, there?.rows ?? 0);
      if (here?.rows === there?.rows && here?.sum === there?.sum) {
        agreeing += rows;
      } else {
        this.add(prefix, rows, agreeing);
        agreeing = 0;
      }
    }
  }

  private add(prefix: number, rows: number, agreeing: number): void {
    const before = this.ranges.at(-1);
    if (before && agreeing <= rowsForARange && before.rows + agreeing + rows <= mostRows) {
      before.last = prefix;
      before.rows += agreeing + rows;
    } else {
      this.ranges.push({ first: prefix, last: prefix, rows });
    }
  }

  /** As [from, to); `g` comes after all hexadecimal digits. */
  get borders(): [from: string, to: string][] {
    return this.ranges.map(({ first, last }) => [
      digits(first),
      last === prefixes - 1 ? 'g' : digits(last + 1),
    ]);
  }

  hold(uuid: string): boolean {
    const prefix = Number.parseInt(uuid.slice(0, 3), 16);
    return this.ranges.some(({ first, last }) => first <= prefix && prefix <= last);
  }
}

function digits(prefix: number): string {
  return prefix.toString(16).padStart(3, '0');
}
