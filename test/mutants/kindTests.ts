import Mocha from 'mocha';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const folder = join(root, 'test/unit/zombies');
const tests = (readdirSync(folder, { recursive: true }) as string[])
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => join(folder, path));

/** The unit tests of one kind: those that name its file, then what is asked of every kind. */
export class KindTests {
  private readonly own: readonly string[];

  constructor(
    private readonly id: string,
    name: string,
  ) {
    this.own = tests.filter((path) => readFileSync(path, 'utf8').includes(`/${name}'`));
  }

  /** True when a test fails. */
  async fail(): Promise<boolean> {
    if (this.own.length > 0 && (await hasFailure(this.own))) return true;
    return hasFailure(
      [join(folder, 'everyKind.test.ts')],
      new RegExp(`^every kind of zombie ${this.id}[ :]`),
    );
  }
}

/** What cannot even be loaded has failed as well. */
async function hasFailure(files: readonly string[], asked?: RegExp): Promise<boolean> {
  const mocha = new Mocha({ bail: true, timeout: 60_000, reporter: Quiet });
  if (asked !== undefined) mocha.grep(asked);
  for (const file of files) mocha.addFile(file);
  try {
    return await new Promise((resolve) => mocha.run((failures) => resolve(failures > 0)));
  } catch {
    return true;
  } finally {
    mocha.dispose();
  }
}

/** Survivors are all that is told. */
class Quiet extends Mocha.reporters.Base {
  override epilogue(): void {
    // nothing
  }
}
