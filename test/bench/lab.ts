import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDatabase, type Database } from '../cloud/database/mariadb';
import { serverBinary } from '../cloud/database/server';
import { must } from '../cloud/run';
import { local } from '../setup/places.mjs';
import type { Lab, ServerWish, Table } from './work';

/** Options of every server of the bench: those of a small production server. */
const serverArgs = ['--innodb-buffer-pool-size=2G', '--innodb-log-file-size=512M'];

export interface Told {
  readonly notes: string[];
  readonly tables: Table[];
  readonly pictures: { readonly name: string; readonly alt: string; readonly svg: string }[];
}

/** The lab of one work. */
export class WorkLab implements Lab {
  readonly told: Told = { notes: [], tables: [], pictures: [] };
  readonly rounds = 3;
  readonly directory: string;
  private readonly servers: Database[] = [];

  constructor(
    work: string,
    readonly small: boolean,
  ) {
    this.directory = local('bench', small ? 'small' : 'full', work);
    mkdirSync(this.directory, { recursive: true });
  }

  async server(wish: ServerWish): Promise<Database> {
    const { name, args = [], stamp } = wish;
    const directory = local('bench', this.small ? 'small' : 'full', 'servers', name);
    const file = join(directory, 'stamp');
    const wanted = `${stamp} on ${await must(serverBinary(), ['--version'])}`;
    const isFilled = stamp !== undefined && readIfThere(file) === wanted;
    if (!isFilled) rmSync(file, { force: true });
    const server = await startDatabase({ directory, args: [...serverArgs, ...args], keep: isFilled });
    this.servers.push(server);
    if (!isFilled) {
      this.say(`filling ${name}`);
      await wish.fill(server);
      writeFileSync(file, wanted);
    }
    return server;
  }

  async copyOf(stopped: Database, args: readonly string[]): Promise<Database> {
    const directory = `${stopped.directory}-copy`;
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    await must('cp', ['--reflink=auto', '-a', join(stopped.directory, 'mariadb'), directory]);
    const server = await startDatabase({ directory, args: [...serverArgs, ...args], keep: true });
    this.servers.push(server);
    return server;
  }

  say(progress: string): void {
    process.stderr.write(`  ${progress}\n`);
  }

  note(fact: string): void {
    this.say(fact);
    this.told.notes.push(fact);
  }

  table(table: Table): void {
    this.told.tables.push(table);
  }

  picture(name: string, alt: string, svg: string): void {
    this.told.pictures.push({ name, alt, svg });
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
