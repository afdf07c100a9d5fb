import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '../../src/zombies/kinds';
import { equivalents } from './equivalents';
import { KindTests } from './kindTests';
import { mutantsOf, type Mutant } from './mutants';
import { substitute } from './substitute';

const root = join(__dirname, '../..');
const zombies = join(root, 'src/zombies');
const declare = join(zombies, 'declare.ts');
const files = (readdirSync(zombies, { recursive: true }) as string[]).map((path) => join(zombies, path));

/** Takes the guards of some kinds out, one at a time, and tells which of them no test misses. */
async function main(asked: readonly string[]): Promise<void> {
  const wanted = kinds.filter(({ id }) => asked.length === 0 || asked.includes(id));
  if (wanted.length < asked.length) throw new Error(`kinds are: ${kinds.map(({ id }) => id).join(', ')}`);
  let guards = 0;
  let survivors = 0;
  const excused = new Set<string>();
  for (const kind of wanted) {
    const { id } = kind;
    const name = id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const file = files.find((path) => path.endsWith(`/${name}.ts`)) ?? '';
    const tests = new KindTests(id, name);
    const own = mutantsOf(file.slice(root.length + 1), readFileSync(file, 'utf8'));
    const trapless = kind.traps().map((trap, index) => withoutTrap(id, trap.id, index));
    const lives = async (path: string, { name: what, line, text }: Mutant): Promise<void> => {
      guards++;
      substitute(path, text);
      if (await tests.fail()) return;
      const why = equivalents[what];
      if (why === undefined) survivors++;
      else excused.add(what);
      console.log(
        `  ${what}${line === undefined ? '' : `, line ${line}`}${why === undefined ? '' : ` (${why})`}`,
      );
    };
    console.log(`${id}: ${own.length + trapless.length}`);
    for (const mutant of own) await lives(file, mutant);
    for (const mutant of trapless) await lives(declare, mutant);
  }
  const needless = asked.length > 0 ? [] : Object.keys(equivalents).filter((what) => !excused.has(what));
  for (const what of needless)
    console.log(`listed as equivalent, and a test fails without it, or it is gone: ${what}`);
  console.log(`guards: ${guards}, survivors: ${survivors}`);
  process.exitCode = survivors + needless.length > 0 ? 1 : 0;
}

/** The list of one kind, whose traps may come from anywhere. */
function withoutTrap(kind: string, trap: string, index: number): Mutant {
  const text = readFileSync(declare, 'utf8');
  const list = '[...declaration.traps, ...neededUnread(needs)]';
  if (!text.includes(list)) throw new Error(`${declare} has no ${list}`);
  const less = `${list}.filter((_trap, at) => id !== '${kind}' || at !== ${index})`;
  return { name: `${kind}: without the trap ${trap}`, text: text.replace(list, () => less) };
}

void main(process.argv.slice(2));
