import { userInfo } from 'node:os';
import { createConnection } from 'mysql2/promise';

/** Runs statements over a unix socket as the user who runs this, on a connection of their own. */
export async function query(socketPath: string, statement: string, database?: string): Promise<string[][]> {
  const connection = await createConnection({
    socketPath,
    user: userInfo().username,
    multipleStatements: true,
    rowsAsArray: true,
    charset: 'utf8mb4',
    typeCast: (field) => field.string() ?? 'NULL',
    ...(database === undefined ? {} : { database }),
  });
  try {
    const [result, fields] = await connection.query(statement);
    return lastRows(result, fields);
  } catch (error) {
    // mysql2 puts the whole text on the error, which for a schema is a book.
    if (error instanceof Error) Object.assign(error, { sql: statement.slice(0, 200) });
    throw error;
  } finally {
    await connection.end();
  }
}

/** With several statements mysql2 gives a list of results and a list of their columns, undefined for a mere count. */
function lastRows(result: unknown, fields: unknown): string[][] {
  const several = Array.isArray(fields) && (fields[0] === undefined || Array.isArray(fields[0]));
  const last: unknown = several && Array.isArray(result) ? result.at(-1) : result;
  return Array.isArray(last) ? (last as string[][]) : [];
}
