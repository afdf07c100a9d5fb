import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { KindId } from '../../src/model/kindId';
import { kinds } from '../../src/zombies/kinds';
import type { Planted } from '../cloud/planted';
import { populate } from '../cloud/population/populate';
import { zombies } from '../openstack/zombies/zombies';

const tests = join(__dirname, '../unit/zombies');
const files = (readdirSync(tests, { recursive: true }) as string[])
  .filter((path) => /^\w+\/\w+\.test\.ts$/.test(path))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(tests, path), 'utf8') }));

/** Where each kind was found and mended, and where its traps are tested. */
export function testedKinds(): string[] {
  const { planted } = populate(new Date(0), 'epoxy', { port: 3306, password: '' });
  const rows = kinds.map(({ id }) => row(id, planted));
  return [
    '## How each kind is tested',
    [
      'The demo cloud has real databases, hosts and domains, and what went wrong is written into them: `npm test -- integration`.',
      'On a real OpenStack (Zed) it goes wrong the way that is told here; each is found, cleaned up as drafted, and is not found any more, and then Nova itself finds nothing: `npm run test:openstack`.',
      'A trap is tested beside its twin that differs in one fact: `npm test -- unit`. This table: `npm run kinds`.',
    ].join(' '),
    [
      '| kind | planted in the demo cloud | of these no zombies | tests of its traps | on a real Nova, found and mended: |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ];
}

function row(kind: KindId, planted: readonly Planted[]): string {
  const own = planted.filter((each) => [each.kind, ...(each.also ?? [])].some((id) => id === kind));
  const harmless = own.filter(({ expect }) => expect !== 'confirmed' && expect !== 'suspected');
  const real = zombies.filter((zombie) => zombie.kind === kind).map(({ how }) => how);
  const also = zombies
    .filter((zombie) => zombie.also?.includes(kind) === true)
    .map(({ kind: other }) => other);
  const found = real.length > 0 ? real.join('; ') : also.length > 0 ? `along with ${also.join(', ')}` : '';
  return `| \`${kind}\` | ${own.length} | ${harmless.length} | ${trapTests(kind)} | ${found} |`;
}

/** The file of tests that has its name; without one, those that test it together with others. */
function trapTests(kind: KindId): string {
  const name = kind.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const own = files.filter(({ path }) => path.endsWith(`/${name}.test.ts`));
  const shared = files.filter(({ text }) => text.includes(`/${name}'`));
  return (own.length > 0 ? own : shared)
    .map(({ path }) => `[${basename(path, '.test.ts')}](../test/unit/zombies/${path})`)
    .join(', ');
}
