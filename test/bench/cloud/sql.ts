/** A UUID of version 4 from a text, in SQL: the same for the same text, and spread like random ones. */
export function uuidOf(...parts: readonly string[]): string {
  const hash = `MD5(CONCAT_WS('-', ${parts.join(', ')}))`;
  const part = (from: number, length: number): string => `SUBSTR(${hash}, ${from}, ${length})`;
  return `CONCAT_WS('-', ${part(1, 8)}, ${part(9, 4)}, CONCAT('4', ${part(14, 3)}), CONCAT('a', ${part(18, 3)}), ${part(21, 12)})`;
}

/** The UUID of the instance with that number. */
export const instanceUuid = uuidOf("'instance'", 's.seq');

/** `INSERT ... SELECT` of one row for each number that the condition picks; columns by name, values in SQL. */
export function insert(
  table: string,
  columns: Readonly<Record<string, string>>,
  { from = 1, to, where = 'TRUE' }: { readonly from?: number; readonly to: number; readonly where?: string },
): string {
  const names = Object.keys(columns).map((name) => `\`${name}\``);
  return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${Object.values(columns).join(', ')}
    FROM seq_${from}_to_${to} s WHERE ${where}`;
}
