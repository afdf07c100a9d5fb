import { format } from 'mysql2';
import type { Connection } from '../../../src/cloud/database/connection';
import { readAll } from '../../../src/evidence/cellReads';
import { backlogSql } from '../../../src/evidence/cellSurvey';
import { cellLeftovers } from '../../../src/evidence/leftovers';
import { LiveRows } from '../../../src/evidence/liveRows';
import { readSchema, tableOf } from '../../../src/evidence/schema';
import { signsOfCell } from '../../../src/evidence/signs/cellSigns';
import { defaultThresholds } from '../../../src/model/scene';
import { signs } from '../../../src/app/engine/look';
import type { Database } from '../../cloud/database/mariadb';
import { withViews } from '../cloud/open';

/** What a scan asks a large cell: its statements as the server gets them. */
export function cellStatements(server: Database): Promise<readonly string[]> {
  return withViews(server, 1, async ([view]) => {
    if (!view) throw new Error('no view');
    const schema = await readSchema(view);
    const asked = [new LiveRows('a cell', tableOf(schema, 'instances')).sql, backlogSql];
    const listening: Connection = Object.assign(Object.create(view) as Connection, {
      stream: (sql: string, values: readonly unknown[]) => {
        asked.push(format(sql, [...values] as (string | number)[]));
        return Promise.resolve();
      },
    });
    const ages = { now: new Date(), thresholds: defaultThresholds };
    const nothing = (): void => undefined;
    await readAll(
      [listening],
      [...cellLeftovers('a cell', schema, nothing), ...signsOfCell(schema, { wanted: signs, ages }, nothing)],
    );
    return asked;
  });
}
