import assert from 'node:assert/strict';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import { openOpenStack } from '../../../src/cloud/openstack/openStackAccess';
import type { RunContext } from '../../../src/execution/context';
import { runPlan } from '../../../src/execution/runPlan';
import { usualWait } from '../../../src/execution/serverRequests';
import type { SectionReport, StepReport } from '../../../src/model/report';
import { cloudAt } from '../cloud/openstack/openScripted';
import { hangUp, ScriptedServer, type Behaviour, type Reply } from '../cloud/openstack/scriptedServer';
import { sharedCloud } from '../sharedCloud';
import { contextOn } from './bench';
import { apiSectionText, bearingOut, planText } from './planText';

const uuid = '8d3b2c1a-0000-4000-8000-00000000000a';
const path = `/compute/v2.1/servers/${uuid}`;
const gone: Reply = { status: 404, body: { itemNotFound: { code: 404, message: 'no such server' } } };

/** How Nova deletes in earnest is in test/openstack; here it does what it does on no demand. */
describe('a section by the API alone', function () {
  this.timeout(60_000);
  let context: RunContext;
  let server: ScriptedServer;

  beforeEach(async () => {
    server = await new ScriptedServer().start();
    const onDemo = await contextOn(await sharedCloud());
    const { clock, logger } = onDemo;
    const limits = { connectMs: 700, answerMs: 700 };
    const open = (): ReturnType<typeof openOpenStack> =>
      openOpenStack(cloudAt(server.base), { clock, logger, limits });
    const access = { ...onDemo.access, openOpenStack: open };
    context = { ...onDemo, access, serverWait: { pollMs: 10, mostMs: 300 } };
    server.on(`DELETE ${path}`, { status: 204 });
    server.on(`POST ${path}/action`, { status: 202 });
  });

  afterEach(() => server.stop());

  const inState = (vmState: string, taskState: string | null): Reply => ({
    body: {
      server: {
        id: uuid,
        name: 'web-01',
        status: vmState.toUpperCase(),
        tenant_id: 'p',
        created: '2026-01-01T00:00:00Z',
        'OS-EXT-STS:vm_state': vmState,
        'OS-EXT-STS:task_state': taskState,
        'OS-EXT-SRV-ATTR:host': 'compute-02',
      },
    },
  });
  const active = inState('active', null);
  const deleting = inState('active', 'deleting');
  const failed = inState('error', null);

  /** What the server is seen as: at the rehearsal, before each request, and while it is waited for. */
  const seenAs = (...states: Behaviour[]): void => server.on(`GET ${path}`, ...states);

  const request = (verb: string): string =>
    directive(
      'api',
      verb === 'reset-state' ? { do: verb, id: uuid, state: 'error' } : { do: verb, id: uuid },
    );

  async function run(verbs: readonly string[], signal?: AbortSignal): Promise<SectionReport> {
    const text = planText(context, apiSectionText(uuid, ...verbs.map(request)));
    const look = bearingOut(text);
    const report = await runPlan(parse(text), text, { ...context, look }, signal ? { signal } : {});
    return report.sections[0] ?? assert.fail();
  }

  const only = ({ steps }: SectionReport): StepReport => steps[0] ?? assert.fail();

  it('waits until the server is gone, and looks again', async () => {
    seenAs(active, active, deleting, deleting, gone);
    const section = await run(['delete-server']);
    assert.deepEqual([section.outcome, section.gone, only(section).irreversible], ['done', true, true]);
    assert.equal(server.asked(`DELETE ${path}`).length, 1);
    assert.equal(server.asked(`GET ${path}`).length, 5);
  });

  it('takes a server out of deleting before it is deleted anew', async () => {
    seenAs(deleting, deleting, deleting, failed, gone);
    const section = await run(['reset-state', 'delete-server']);
    assert.equal(section.outcome, 'done', JSON.stringify(section));
    assert.deepEqual(
      server.seen.flatMap(({ method, body, path: at }) =>
        method !== 'GET' && at.startsWith('/compute') ? [[method, body]] : [],
      ),
      [
        ['POST', { 'os-resetState': { state: 'error' } }],
        ['DELETE', undefined],
      ],
    );
  });

  it('does not reset what is not being deleted any more', async () => {
    seenAs(inState('active', 'rebuilding'));
    const section = await run(['reset-state', 'delete-server']);
    assert.equal(section.problem?.code, 'stale-evidence');
    assert.equal(server.asked(`DELETE ${path}`).length, 0);
  });

  it('deletes for good what a delete would keep', async () => {
    seenAs(active, active, gone);
    assert.equal((await run(['force-delete-server'])).outcome, 'done');
    assert.deepEqual(server.asked(`POST ${path}/action`)[0]?.body, { forceDelete: null });
  });

  it('does not wait for what Nova keeps as soft-deleted', async () => {
    seenAs(active, active, inState('soft-delete', null));
    const section = await run(['delete-server']);
    assert.equal(section.outcome, 'done');
    assert.match(only(section).detail ?? '', /soft-deleted/);
  });

  it('is done, and sends nothing, when Nova knows no such server any more', async () => {
    seenAs(gone);
    const section = await run(['delete-server']);
    assert.deepEqual([section.outcome, only(section).irreversible], ['done', false]);
    assert.equal(server.asked(`DELETE ${path}`).length, 0);
  });

  for (const [what, end] of [
    ['that Nova gives up is failed at once', failed],
    ['that takes too long is failed', deleting],
  ] as const) {
    it(`${what}, and says what was sent`, async () => {
      seenAs(active, active, end);
      const section = await run(['delete-server']);
      assert.equal(server.asked(`GET ${path}`).length === 3, end === failed);
      assert.equal(section.outcome, 'failed');
      assert.match(section.problem?.message ?? '', /still there: .*task_state/);
      assert.equal(only(section).irreversible, true);
    });
  }

  it('is unknown when the end of it could not be seen', async () => {
    seenAs(active, active, { status: 500, text: 'no' });
    const section = await run(['delete-server']);
    assert.deepEqual([section.outcome, section.problem?.code], ['unknown', 'outcome-unknown']);
  });

  it('bears an answer that fails while it waits', async () => {
    seenAs(active, active, { status: 500, text: 'no' }, deleting, gone);
    assert.equal((await run(['delete-server'])).outcome, 'done');
  });

  it('is unknown when the answer to the delete is lost', async () => {
    seenAs(active);
    server.on(`DELETE ${path}`, hangUp);
    assert.equal((await run(['delete-server'])).outcome, 'unknown');
  });

  it('stops waiting when it is cancelled, and is unknown then', async () => {
    context = { ...context, serverWait: usualWait };
    const stop = new AbortController();
    seenAs(active, active, () => {
      setTimeout(() => {
        stop.abort();
      }, 50);
      return deleting;
    });
    const started = performance.now();
    const section = await run(['delete-server'], stop.signal);
    assert.equal(section.outcome, 'unknown', JSON.stringify(section));
    assert.ok(performance.now() - started < 5_000);
  });
});
