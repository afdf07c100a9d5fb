import type { Fault } from './fault';
import type { World } from './subject';

/** What came of one fault. */
export interface Result {
  readonly fault: Pick<Fault, 'what' | 'at'>;
  /** what was done when the run ended, and how often a transaction was tried again on the way */
  readonly left: string;
  readonly way: string;
  readonly rowsLost: number;
  readonly liveTouched: number;
  readonly unexplained: number;
}

export const borders = ['<!-- faults: written by `npm run faults` -->', '<!-- end of faults -->'] as const;

export function tableOf(results: readonly Result[]): string {
  const sum = (key: 'rowsLost' | 'liveTouched' | 'unexplained'): number =>
    results.reduce((total, result) => total + result[key], 0);
  return [
    '| Fault | Point | Done when the run ended | Way out |',
    '| --- | --- | --- | --- |',
    ...results.map(({ fault, left, way }) => `| ${fault.what} | ${fault.at} | ${left} | ${way} |`),
    '',
    `- faults injected: ${results.length}`,
    `- rows lost: ${sum('rowsLost')}`,
    `- live instances touched: ${sum('liveTouched')}`,
    `- runs that could not be explained afterwards: ${sum('unexplained')}`,
  ].join('\n');
}

/** The document with the table in the place of the one that it has. */
export function withTable(document: string, table: string): string {
  const [begin, end] = borders;
  const head = document.slice(0, document.indexOf(begin) + begin.length);
  return `${head}\n\n${table}\n\n${document.slice(document.indexOf(end))}`;
}

export function doneWords({ domain, directory, cell, api }: World): string {
  const done = [
    ...(domain ? [] : ['domain']),
    ...(directory ? [] : ['directory']),
    ...(cell ? [] : ['cell']),
    ...(api ? [] : ['API database']),
  ];
  return done.length === 0 ? 'nothing' : done.length === 4 ? 'everything' : done.join(', ');
}
