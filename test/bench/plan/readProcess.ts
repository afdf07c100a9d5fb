import { readFileSync } from 'node:fs';
import { PlanText } from '../../../src/cleanup/planText';

/** Milliseconds of each round. */
export interface ReadTimes {
  /** one pass over the text that looks at every code unit */
  readonly pass: readonly number[];
  /** the text read to a plan */
  readonly read: readonly number[];
  /** the median of some keystrokes, each in another section: the text is changed and the plan is there again */
  readonly keystroke: readonly number[];
}

const warmUps = 3;
const keystrokes = 50;

/** A process of its own, as the extension host is one: `<file> <rounds>`, the times on stdout. */
function main([file = '', rounds = '']: readonly string[]): void {
  const text = readFileSync(file, 'utf8');
  const times = { pass: [] as number[], read: [] as number[], keystroke: [] as number[] };
  for (let round = 1 - warmUps; round <= Number(rounds); round++) {
    const pass = milliseconds(() => passOver(text));
    const read = milliseconds(() => new PlanText(text).plan);
    const keystroke = medianKeystroke(text);
    if (round < 1) continue;
    times.pass.push(pass);
    times.read.push(read);
    times.keystroke.push(keystroke);
  }
  process.stdout.write(JSON.stringify(times satisfies ReadTimes));
}

function passOver(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (sum + text.charCodeAt(at)) | 0;
  return sum;
}

/** A blank is typed into a statement, and taken out again. */
function medianKeystroke(text: string): number {
  const typed = new PlanText(text);
  const { sections } = typed.plan;
  const taken = Array.from({ length: keystrokes }, (_, index) => {
    const section = sections[Math.floor(((index + 0.5) * sections.length) / keystrokes)];
    const unit = section?.steps.find(({ step }) => step === 'unit');
    if (!unit) throw new Error('this is no plan of removals');
    const offset = text.indexOf('SELECT', unit.span.start);
    const time = milliseconds(() => {
      typed.edit({ offset, removed: 0, inserted: ' ' });
      return typed.plan;
    });
    typed.edit({ offset, removed: 1, inserted: '' });
    if (typed.plan.problems.length > 0) throw new Error('the plan is no more what it was');
    return time;
  });
  return taken.sort((one, other) => one - other)[keystrokes / 2] ?? NaN;
}

function milliseconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

main(process.argv.slice(2));
