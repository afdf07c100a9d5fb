import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { cloudName } from '../../integration/app/product';
import { productOnDatabases } from '../cloud/product';
import type { Order, Purged } from './order';

/** A process of its own with the product in it: drafts the plan for the history and runs it. */
async function main(): Promise<void> {
  const { apiUrl, password, folder } = (await json(process.stdin)) as Order;
  mkdirSync(folder, { recursive: true });
  const product = productOnDatabases({ apiUrl, password }, { storageFolder: folder });
  const draftBegan = performance.now();
  const text = await product.draftHistory(cloudName);
  const draftSeconds = (performance.now() - draftBegan) / 1000;
  writeFileSync(join(folder, 'plan.cleanup.sql'), text);
  const used = process.cpuUsage();
  const began = performance.now();
  const { run, sections } = await product.run(text);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  const failed = sections.find(({ outcome }) => outcome !== 'done');
  if (failed) throw new Error(`the run failed: ${JSON.stringify(failed.problem)}`);
  const [folderOfRun = ''] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith(join(run, 'restore')),
  );
  const files = readdirSync(join(folder, folderOfRun)).map(
    (file) => statSync(join(folder, folderOfRun, file)).size,
  );
  const purged: Purged = {
    ...{ draftSeconds, seconds, cpuSeconds: (user + system) / 1e6 },
    rows: sections.flatMap(({ steps }) => steps).reduce((sum, { rows = 0 }) => sum + rows, 0),
    files: files.length,
    bytes: files.reduce((sum, size) => sum + size, 0),
  };
  process.stdout.write(JSON.stringify(purged));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
