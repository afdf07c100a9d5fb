import assert from 'node:assert/strict';
import type { ScanReport } from '../../../src/app/api';
import type { Zombies } from '../../../src/app/zombies';
import { OperatorError } from '../../../src/model/errors';
import type { RunReport } from '../../../src/model/report';
import type { Depth, Suspect } from '../../../src/model/suspect';
import type { DemoCloud } from '../../cloud/demoCloud';
import { grantsOf } from '../../documentation/permissionsDocument';
import { sharedCloud } from '../sharedCloud';
import { cloudName, fillIn, productOn } from './product';

const password = 'p4ssword-of-a-test';
const accounts = { look: "zombies_look@'127.0.0.1'", clean: "zombies_clean@'127.0.0.1'" };
const schemas = ['nova_api', 'nova_cell0', 'nova_cell1', 'nova_cell2'];

describe('with the GRANTs of docs/permissions.md and no others', function () {
  this.timeout(300_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    await drop();
    await cloud.sql(grantsOf('For looking', password));
    await cloud.sql(grantsOf('For cleaning', password));
  });

  after(drop);

  async function drop(): Promise<void> {
    await cloud.sql(`DROP USER IF EXISTS ${accounts.look}, ${accounts.clean}`);
    await cloud.reset();
  }

  /** The product with an account of its own in every database. */
  async function productAs(user: string): Promise<Zombies> {
    const url = (schema: string): string => `mysql://${user}@127.0.0.1:${cloud.database.port}/${schema}`;
    const cells = await cloud.sql('SELECT uuid, database_connection FROM cell_mappings', 'nova_api');
    const settings = {
      apiDatabase: url('nova_api'),
      placementDatabase: url('placement'),
      cells: Object.fromEntries(
        cells.map(([uuid = '', connection = '']) => [uuid, url(/\/(\w+)\?/.exec(connection)?.[1] ?? '')]),
      ),
    };
    return productOn(cloud, settings, {
      prompts: {
        trustHostKey: () => Promise.resolve(false),
        password: () => Promise.resolve(password),
      },
    });
  }

  describe('for looking', () => {
    let product: Zombies;
    let report: ScanReport;

    before(async () => {
      product = await productAs('zombies_look');
      report = await product.scan(cloudName);
    });

    it('a scan finds what it finds with every right', async () => {
      const all = await productOn(cloud).scan(cloudName);
      const found = ({ suspects }: ScanReport): unknown[] =>
        suspects
          .map(({ uuid, kind, verdict, remedy, missing, also }) => [
            uuid,
            kind,
            verdict,
            remedy.depths,
            missing,
            also.map((each) => [each.kind, each.verdict]),
          ])
          .sort(([one], [other]) => String(one).localeCompare(String(other)));
      assert.ok(report.suspects.length > 20);
      assert.deepEqual(found(report), found(all));
      const gaps = ({ sources }: ScanReport): unknown[] =>
        sources.filter(({ gap }) => gap !== undefined).map(({ id, gap }) => [id, gap?.code]);
      assert.deepEqual(gaps(report), gaps(all));
    });

    it('a plan is drafted, and its dry run says which right is missing', async () => {
      const before = await cloud.dump();
      const text = await draftFor(product, rowsOnly(report, 'complete'), 'complete');
      assert.deepEqual(product.check(text), []);
      const { sections } = await product.dryRun(text);
      const problem = sections[0]?.problem;
      assert.equal(problem?.code, 'permission-denied');
      assert.match(problem.message, /(DELETE|UPDATE) command denied/);
      assert.match(
        problem.action,
        /GRANT (DELETE|UPDATE) ON nova_cell\d\.\* TO 'zombies_look'@'127\.0\.0\.1'/,
      );
      assert.equal(await cloud.dump(), before);
    });
  });

  describe('for cleaning', () => {
    let product: Zombies;

    before(async () => {
      product = await productAs('zombies_clean');
    });

    for (const depth of ['complete', 'mark-deleted', 'archive', 'purge', 'repair'] as const) {
      it(`a plan of depth ${depth} is dry-run, run and taken back`, async () => {
        const before = await cloud.dump();
        const text = await draftFor(product, rowsOnly(await product.scan(cloudName), depth), depth);
        assert.deepEqual(problems(await product.dryRun(text)), []);
        const done = await product.run(text);
        assert.deepEqual(problems(done), []);
        assert.notEqual(await cloud.dump(), before);
        const back = await product.restorePlan(done.run);
        assert.deepEqual(problems(await product.dryRun(back)), []);
        assert.deepEqual(problems(await product.run(back)), []);
        assert.equal(await cloud.dump(), before);
      });
    }

    for (const [right, depth] of [
      ['SELECT', 'archive'],
      ['INSERT', 'archive'],
      ['UPDATE', 'mark-deleted'],
      ['DELETE', 'archive'],
    ] as const) {
      it(`${right} is named where it is missing, and nothing is changed`, async () => {
        const before = await cloud.dump();
        const text = await draftFor(product, rowsOnly(await product.scan(cloudName), depth), depth);
        await forEachSchema((schema) => `REVOKE ${right} ON ${schema}.* FROM ${accounts.clean}`);
        try {
          const { message, action } = await refusalOf(text);
          assert.match(message, new RegExp(`${right}\\b.* command denied to user 'zombies_clean'`));
          assert.match(action, new RegExp(`GRANT .*${right}.* ON nova_\\w+\\.\\* TO 'zombies_clean'`));
        } finally {
          await forEachSchema((schema) => `GRANT ${right} ON ${schema}.* TO ${accounts.clean}`);
        }
        assert.equal(await cloud.dump(), before);
      });
    }

    async function forEachSchema(statement: (schema: string) => string): Promise<void> {
      for (const schema of schemas) await cloud.sql(statement(schema));
    }

    /** What a run rejects with, or the first problem in its report. */
    async function refusalOf(text: string): Promise<{ message: string; action: string }> {
      try {
        const { sections } = await product.run(text);
        return sections[0]?.problem ?? assert.fail('it ran');
      } catch (error) {
        if (OperatorError.is(error)) return error;
        throw error;
      }
    }
  });
});

/** A suspect with this depth that is cleaned up in the databases alone. */
function rowsOnly({ suspects }: ScanReport, depth: Depth): Suspect {
  const found = suspects.find(
    ({ verdict, remedy }) =>
      verdict === 'confirmed' &&
      remedy.depths.includes(depth) &&
      remedy.domains.length + remedy.directories.length + remedy.manual.length === 0,
  );
  return found ?? assert.fail(`nothing can be cleaned up by ${depth}`);
}

async function draftFor(product: Zombies, { uuid }: Suspect, depth: Depth): Promise<string> {
  const { text, refused } = await product.draft(cloudName, [uuid], { depth });
  assert.deepEqual(refused, []);
  assert.match(text, new RegExp(`depth="${depth}"`));
  return fillIn(text);
}

function problems({ sections }: RunReport): unknown[] {
  return sections.flatMap(({ problem, steps }) =>
    problem ? [problem.message, ...steps.flatMap((step) => step.problem?.message ?? [])] : [],
  );
}
