import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunContext } from '../../../src/execution/context';
import { checkHostStep, runHostStep } from '../../../src/execution/hostStep';
import { Journal } from '../../../src/execution/journal';
import { readJournal } from '../../../src/execution/readJournal';
import { OperatorError } from '../../../src/model/errors';
import type { StepResult } from '../../../src/execution/unit';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn, directory, domain, section } from './bench';
import { host, path, uuid } from './instanceDirectory';

/** What a script says right before its own first word. */
const begun = 'echo openstack-zombies $$;';

/** Takes in the script: of a command that ends before it was sent whole, sshd may not tell how it ended. */
const swallow = 'timeout 2 cat > /dev/null;';

/** The sshd is real; what it runs in place of our command is not to be trusted. */
const answers: readonly (readonly [what: string, command: string, said: RegExp])[] = [
  ['nothing', `${swallow} exit 0`, /did not run the script/],
  ['garbage', `${swallow} head -c 3000 /dev/urandom`, /did not run the script/],
  [
    'garbage after it began',
    `${swallow} ${begun} head -c 3000 /dev/urandom | tr -d "\\\\n"`,
    /its end is not known/,
  ],
  ['an answer without numbers', `${swallow} ${begun} echo ok NaN -1`, /its end is not known: NaN -1/],
  ['an answer with too many numbers', `${swallow} ${begun} echo ok 1 2 3 4`, /its end is not known: 1 2 3 4/],
  ['NUL bytes', `${swallow} ${begun} printf "ok \\\\0 \\\\0\\\\n"`, /\\u0000/],
  ['an end without its last line', `${swallow} ${begun} printf "ok 1 1"`, /its end is not known/],
  ['a failure after its answer', `${swallow} ${begun} echo ok 1 1; exit 3`, /its end is not known/],
  ['what never ends, before it began', 'exec yes', /says more than any answer/],
  ['what never ends, after it began', `${begun} exec yes`, /says more than any answer/],
  ['progress that never ends', `${begun} exec yes at 1 2`, /says more than any answer/],
  ['one line that is huge', `${begun} exec cat /dev/zero`, /says more than any answer/],
  ['errors that never end', `${begun} exec yes >&2`, /says more than any answer/],
  ['nothing, for ever', `${begun} exec sleep 1000`, /was not done after/],
  ['nothing, for ever, before it began', 'exec sleep 1000', /was not done after/],
  ['an end in the middle', `${begun} printf "ok 1"; kill -9 $PPID`, /connection was lost/],
];

describe('a compute host that answers', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let journal: Journal;
  let keys: string;
  let former: string;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    keys = join(cloud.directory, 'hosts', host, 'ssh/authorized_keys');
    former = readFileSync(keys, 'utf8');
  });

  beforeEach(async () => {
    context = { ...(await contextOn(cloud)), hostPatienceMs: 3000 };
    journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', 'the plan', context.clock);
  });

  afterEach(() => writeFileSync(keys, former));

  /** Whoever logs in gets this command, whatever they ask for. */
  function force(command: string): void {
    const script = join(cloud.directory, 'hosts', host, 'forced');
    writeFileSync(script, `#!/bin/sh\n${command}\n`);
    chmodSync(script, 0o755);
    writeFileSync(keys, `command="${script}" ${former}`);
  }

  const steps = [directory(host, path, 'quarantine'), directory(host, path, 'delete')] as const;

  function check({ outcome, error }: StepResult, said: RegExp): void {
    assert.equal(outcome, 'unknown', String(error));
    assert.ok(OperatorError.is(error) && error.action !== '');
    assert.match(error.message, said);
    assert.ok(error.message.length < 2500, `${error.message.length} letters`);
    assert.doesNotMatch(error.message, /[\u0000-\u001f\u007f]/);
  }

  for (const [what, command, said] of answers) {
    it(`${what} may have done it: nobody knows, and that is all that is kept of it`, async () => {
      force(command.replaceAll('\\\\', '\\'));
      const before = process.memoryUsage();
      for (const step of steps) {
        check(await runHostStep(section(uuid, step), step, context, journal), said);
      }
      check(await checkHostStep(section(uuid, steps[0]), steps[0], context), said);
      const after = process.memoryUsage();
      const grown = after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed;
      assert.ok(grown < 100 * 2 ** 20, `${grown} bytes`);
      const events = (await readJournal(context.folder, journal.run)).map(({ event }) => event);
      assert.deepEqual(events, ['moving', 'deleting']);
    });
  }

  it('for a domain with garbage leaves it open too, once its XML is shown', async () => {
    force(`${swallow} ${begun} printf 'ok no 0\\n<domain/>\\n'`);
    const step = domain(host, uuid, 'shut off');
    const { outcome } = await runHostStep(section(uuid, step), step, context, journal);
    assert.equal(outcome, 'unknown');
  });

  it('with a refusal that holds anything is quoted in one short line', async () => {
    force(
      `${swallow} ${begun} printf 'refused open-file \\033[31m\\nok 1 1\\342\\200\\256 %s\\n' "$(head -c 9000 /dev/zero | tr '\\0' x)"`,
    );
    const step = steps[0];
    const { outcome, error } = await runHostStep(section(uuid, step), step, context, journal);
    assert.equal(outcome, 'refused');
    assert.match(String(error), /has a file of the directory open: \\u001b\[31m\\u000aok 1 1\\u202e x+$/);
    assert.ok(String(error).length < 700);
  });

  it('with a refusal that no script knows is a failure, and not a word of the language', async () => {
    force(`${swallow} ${begun} echo refused constructor x`);
    const { outcome, error } = await runHostStep(section(uuid, steps[0]), steps[0], context, journal);
    assert.equal(outcome, 'failed');
    assert.match(String(error), /refused: constructor x/);
  });
});
