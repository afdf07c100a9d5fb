import type { CellMapping } from '../../src/cloud/access';
import type { Connection, SessionUse } from '../../src/cloud/database/connection';
import type { RunContext } from '../../src/execution/context';
import type { Point } from './fault';

type Reach = (point: Point) => Promise<void>;

/** The surroundings of a run that tell when it comes to a point, and let it wait there. */
export function withPoints(context: RunContext, reach: Reach): RunContext {
  const { access } = context;
  let shells = 0;
  let looks = 0;
  let apis = 0;
  return {
    ...context,
    look: async (...args) => {
      looks += 1;
      if (looks === 2) await reach('before the report');
      const seen = await context.look(...args);
      if (looks === 1) await reach('after the first look');
      return seen;
    },
    access: {
      ...access,
      openCell: async (cell: CellMapping, signal?: AbortSignal, use?: SessionUse) =>
        withTransaction(await access.openCell(cell, signal, use), use, reach, {
          between: 'between two statements',
          before: 'between restore file and COMMIT',
          after: 'after COMMIT, before its journal line',
        }),
      openApi: async (signal?: AbortSignal, use?: SessionUse) => {
        // The first is for the lock of the run.
        if (use === undefined) apis += 1;
        if (apis === 2) await reach('between cell and API database');
        return withTransaction(await access.openApi(signal, use), use, reach, {
          between: 'between two statements of the API database',
          before: 'between restore file and COMMIT of the API database',
          after: 'after COMMIT of the API database',
        });
      },
      // A domain is shown, then removed; the third login is for the directory.
      openShell: async (host, signal) => {
        shells += 1;
        if (shells === 1) await reach('before the first step');
        if (shells !== 3) return access.openShell(host, signal);
        await reach('between domain and directory');
        const shell = await access.openShell(host, signal);
        return {
          ...shell,
          host: shell.host,
          close: () => shell.close(),
          run: async (...args) => {
            const result = await shell.run(...args);
            await reach('after the rename, before its journal line');
            return result;
          },
        };
      },
    },
  };
}

interface Moments {
  readonly between: Point;
  readonly before: Point;
  readonly after: Point;
}

function withTransaction(
  connection: Connection,
  use: SessionUse | undefined,
  reach: Reach,
  { between, before, after }: Moments,
): Connection {
  if (use !== undefined) return connection;
  const change = connection.change.bind(connection);
  let changes = 0;
  connection.change = async (sql, signal) => {
    if (/^(DELETE|UPDATE|INSERT)/.test(sql)) {
      changes += 1;
      if (changes === 2) await reach(between);
    }
    if (sql === 'COMMIT') await reach(before);
    const changed = await change(sql, signal);
    if (sql === 'COMMIT') await reach(after);
    return changed;
  };
  return connection;
}
