/** `name  value` for each that is set, the values in one column as JSON: no text of a tenant can break a line. */
export function fields(record: object): string[] {
  const entries = Object.entries(record).filter(([, value]) => value !== null && value !== undefined);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${JSON.stringify(value)}`);
}
