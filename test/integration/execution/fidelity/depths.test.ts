import assert from 'node:assert/strict';
import { draft } from '../../../../src/cleanup/draft';
import { parse } from '../../../../src/cleanup/parse';
import { readContents } from '../../../../src/evidence/contents';
import type { RunContext } from '../../../../src/execution/context';
import { dryRunPlan } from '../../../../src/execution/dryRunPlan';
import { restorePlanText } from '../../../../src/execution/restorePlan';
import { runPlan } from '../../../../src/execution/runPlan';
import type { RunReport } from '../../../../src/model/report';
import type { Depth, Suspect } from '../../../../src/model/suspect';
import { startCloud, type DemoCloud } from '../../../cloud/demoCloud';
import { suspect } from '../../../unit/cleanup/subjects';
import { cellIn, cloudName, contextOn } from '../bench';
import { fullDump } from './fullDump';
import { Random } from './random';
import { richRows } from './richRows';

const schema = 'nova_cell1';
const seed = Number(process.env.FUZZ_SEED ?? 1);

/** How the rows come to be what the depth is for. */
const ground: Readonly<Record<Exclude<Depth, 'none' | 'api'>, (uuid: string) => string>> = {
  complete: () => 'DO 0',
  'mark-deleted': () => 'DO 0',
  archive: () => 'DO 0',
  repair: (uuid) => `UPDATE instances SET deleted = 1, vm_state = 'deleted' WHERE uuid = '${uuid}'`,
  purge: (uuid) => `SET foreign_key_checks = 0; DELETE FROM instances WHERE uuid = '${uuid}'`,
};

for (const release of ['victoria', 'zed', 'epoxy'] as const) {
  describe(`on the schema of ${release}, seed ${seed}, all databases are as before after the way back`, function () {
    this.timeout(300_000);
    let cloud: DemoCloud;
    let context: RunContext;
    let uuids: string[];

    before(async () => {
      cloud = await startCloud({ name: `restore-${release}`, schema: release, hosts: false });
      context = await contextOn(cloud);
      const rows = await cloud.sql(
        `SELECT uuid FROM instances JOIN nova_api.instance_mappings m ON m.instance_uuid = uuid
          WHERE deleted = 0 AND host IS NOT NULL ORDER BY instances.id LIMIT 3`,
        schema,
      );
      uuids = rows.flat();
      assert.equal(uuids.length, 3);
      await cloud.sql(richRows(new Random(seed), release, schema, uuids));
    });

    after(() => cloud.stop());

    for (const [depth, prepare] of Object.entries(ground) as [
      keyof typeof ground,
      (uuid: string) => string,
    ][]) {
      it(`of ${depth}`, async () => {
        for (const uuid of uuids) await cloud.sql(prepare(uuid), schema);
        const before = await dump();
        const suspects = uuids.map((uuid) => suspectOf(uuid, depth));
        const text = await textOf(suspects);
        await runWell(dryRunPlan, text, suspects);
        assert.equal(await dump(), before, 'a dry run leaves nothing behind');
        const { run } = await runWell(runPlan, text, suspects);
        assert.notEqual(await dump(), before);
        const back = await restorePlanText(context.folder, run, context.clock);
        await runWell(dryRunPlan, back, []);
        await runWell(runPlan, back, []);
        assert.equal(await dump(), before);
      });
    }

    /** Without the counters: what an archive adds raises those of shadow tables, and no rollback lowers one. */
    async function dump(): Promise<string> {
      return (await fullDump(cloud)).replaceAll(/ AUTO_INCREMENT=\d+/g, '');
    }

    function suspectOf(uuid: string, depth: Depth): Suspect {
      const { remedy, ...rest } = suspect;
      const cell = cellIn(context, schema);
      const repairs = depth === 'repair' ? [{ do: 'finish-delete' as const, cell }] : [];
      return { ...rest, uuid, cell, remedy: { ...remedy, depth, depths: [depth], repairs } };
    }

    async function textOf(suspects: readonly Suspect[]): Promise<string> {
      const contents = await readContents(context.access, context.cells, uuids);
      const { text, refused } = draft({
        cloud: cloudName,
        cells: context.cells.map((each) => each.uuid),
        id: 'a-plan',
        drafted: '2026-11-23T10:31:07Z',
        scanned: '2026-11-23T10:30:51Z',
        subjects: suspects.map((each) => ({ suspect: each, contents: contents.get(each.uuid) ?? [] })),
        directories: 'quarantine',
      });
      assert.deepEqual(refused, []);
      return text;
    }

    async function runWell(
      how: typeof runPlan,
      text: string,
      suspects: readonly Suspect[],
    ): Promise<RunReport> {
      assert.deepEqual(parse(text).problems, []);
      const look = (): ReturnType<RunContext['look']> =>
        Promise.resolve(new Map(suspects.map((each) => [each.uuid, each])));
      const report = await how(parse(text), text, { ...context, look }, {});
      assert.deepEqual(
        report.sections.flatMap(({ problem, steps }) =>
          problem ? [problem.message, ...steps.map(({ what }) => what)] : [],
        ),
        [],
      );
      assert.equal(report.sections.length, 3);
      return report;
    }
  });
}
