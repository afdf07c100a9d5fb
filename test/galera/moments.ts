import type { CloudAccess } from '../../src/cloud/access';
import type { RunContext } from '../../src/execution/context';

type Act = () => Promise<unknown>;

/** The surroundings in which something happens right before each statement in a cell that looks so. */
export function before(context: RunContext, statement: RegExp, act: Act): RunContext {
  return around(context, statement, async (send) => {
    await act();
    return send();
  });
}

/** The same with something in the place of the statement. */
export function around<T>(
  context: RunContext,
  statement: RegExp,
  instead: (send: () => Promise<{ affectedRows: number }>) => Promise<T & { affectedRows: number }>,
): RunContext {
  const { access } = context;
  const openCell: CloudAccess['openCell'] = async (cell, signal, use) => {
    const connection = await access.openCell(cell, signal, use);
    const change = connection.change.bind(connection);
    connection.change = (sql, cancel) =>
      statement.test(sql) ? instead(() => change(sql, cancel)) : change(sql, cancel);
    return connection;
  };
  return { ...context, access: { ...access, openCell } };
}

/** Does it the first time only. */
export function once(act: Act): Act {
  let done = false;
  return async () => {
    if (done) return;
    done = true;
    await act();
  };
}
