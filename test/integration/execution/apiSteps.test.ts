import assert from 'node:assert/strict';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import { openOpenStack } from '../../../src/cloud/openstack/openStackAccess';
import type { RunContext } from '../../../src/execution/context';
import { dryRunPlan } from '../../../src/execution/dryRunPlan';
import { readJournal } from '../../../src/execution/readJournal';
import { runPlan } from '../../../src/execution/runPlan';
import { CancelledError } from '../../../src/model/errors';
import type { RunReport, SectionReport } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { expectError } from '../cloud/expectError';
import { cloudAt } from '../cloud/openstack/openScripted';
import { hangUp, ScriptedServer, type Behaviour } from '../cloud/openstack/scriptedServer';
import { sharedCloud } from '../sharedCloud';
import { contextOn } from './bench';
import { bearingOut, planText, removeCache, sectionText, unitText } from './planText';

const portId = '8d3b2c1a-0000-4000-8000-000000000001';
const attachmentId = '8d3b2c1a-0000-4000-8000-000000000002';
const provider = '8d3b2c1a-0000-4000-8000-000000000003';
const other = '8d3b2c1a-0000-4000-8000-000000000004';

const port = directive('api', { do: 'delete-port', id: portId });
const attachment = directive('api', { do: 'delete-attachment', id: attachmentId });
const portPath = `/network/v2.0/ports/${portId}`;
const attachmentPath = '/volume/v3/8d2f/attachments';

/** What a real OpenStack does not do on demand; how it does the same in earnest is in test/openstack. */
describe('a step by an API', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let server: ScriptedServer;
  let uuid: string;
  let planted: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    server = await new ScriptedServer().start();
    const onDemo = await contextOn(cloud);
    const { clock, logger } = onDemo;
    const limits = { connectMs: 700, answerMs: 700 };
    const open = (): ReturnType<typeof openOpenStack> =>
      openOpenStack(cloudAt(server.base), { clock, logger, limits });
    context = { ...onDemo, access: { ...onDemo.access, openOpenStack: open } };
    const [row] = await cloud.sql(
      'SELECT uuid FROM instances JOIN instance_info_caches c ON c.instance_uuid = uuid WHERE instances.deleted = 0 ORDER BY 1 LIMIT 1',
      'nova_cell1',
    );
    uuid = row?.[0] ?? '';
    planted = await cloud.dump();
    answer(`GET ${portPath}`, { body: { port: portOf(uuid) } });
    answer(`DELETE ${portPath}`, { status: 204 });
    answer(`GET ${attachmentPath}`, ({ query }) => ({
      body: query.has('marker') ? { attachments: [] } : attachmentsOf(uuid),
    }));
    answer(`DELETE ${attachmentPath}/${attachmentId}`, { status: 200 });
  });

  afterEach(() => server.stop());

  const answer = (request: string, ...behaviours: Behaviour[]): void => server.on(request, ...behaviours);

  const portOf = (device: string): object => ({
    id: portId,
    network_id: other,
    project_id: 'p',
    device_id: device,
    status: 'DOWN',
    mac_address: 'fa:16:3e:00:00:01',
    revision_number: 7,
  });
  const attachmentsOf = (instance: string): object => ({
    attachments: [{ id: attachmentId, volume_id: other, instance, status: 'attached' }],
  });

  const plan = (...steps: string[]): string =>
    planText(context, sectionText(uuid, ...steps, unitText(context, uuid, removeCache(uuid))));

  const run = (text: string, signal?: AbortSignal): Promise<RunReport> =>
    runPlan(parse(text), text, { ...context, look: bearingOut(text) }, signal ? { signal } : {});
  const dryRun = (text: string): Promise<RunReport> =>
    dryRunPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});

  const only = ({ sections }: RunReport): SectionReport => sections[0] ?? assert.fail();
  const outcomes = (report: RunReport): string[] => only(report).steps.map(({ outcome }) => outcome);
  const changes = (): string[] =>
    server.seen
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/auth/tokens'))
      .map(({ method, path }) => `${method} ${path}`);

  it('is sent after it was read, before the rows; the journal has both ends of it', async () => {
    const report = await run(plan(port));
    assert.equal(only(report).outcome, 'done');
    assert.deepEqual(changes(), [`DELETE ${portPath}`]);
    assert.equal(server.asked(`DELETE ${portPath}`)[0]?.headers['if-match'], 'revision_number=7');
    const [step] = only(report).steps;
    assert.deepEqual([step?.what, step?.irreversible], [`DELETE network /v2.0/ports/${portId}`, true]);
    const lines = await readJournal(context.folder, report.run);
    const events = lines.map((line) => ('step' in line ? `${line.event} ${line.step}` : line.event));
    assert.deepEqual(events.slice(0, 4), [
      'run-begun',
      `step-begun DELETE network /v2.0/ports/${portId}`,
      `step-ended DELETE network /v2.0/ports/${portId}`,
      'step-begun transaction in nova_cell1',
    ]);
  });

  it('of a run logs in once', async () => {
    assert.equal(only(await run(plan(port, attachment))).outcome, 'done');
    assert.deepEqual(changes(), [`DELETE ${portPath}`, `DELETE ${attachmentPath}/${attachmentId}`]);
    assert.equal(server.asked('POST /v3/auth/tokens').length, 1);
  });

  it('that finds nothing left is done, and nothing is sent', async () => {
    const gone = { status: 404, body: { NeutronError: { type: 'PortNotFound', message: 'gone' } } };
    answer(`GET ${portPath}`, gone);
    const report = await run(plan(port));
    assert.deepEqual(changes(), []);
    const [step] = only(report).steps;
    assert.deepEqual([step?.outcome, step?.irreversible], ['done', false]);
    assert.match(step?.detail ?? '', /gone already/);
  });

  for (const [what, device] of [
    ['belongs to another instance', other],
    ['belongs to nobody any more', ''],
  ] as const) {
    it(`refuses a port that ${what}`, async () => {
      answer(`GET ${portPath}`, { body: { port: portOf(device) } });
      const report = await run(plan(port));
      assert.equal(only(report).problem?.code, 'stale-evidence');
      assert.deepEqual(changes(), []);
      assert.equal(await cloud.dump(), planted);
    });
  }

  it('looks among the attachments of the instance', async () => {
    answer(`GET ${attachmentPath}`, { body: { attachments: [] } });
    assert.match(only(await run(plan(attachment))).steps[0]?.detail ?? '', /gone already/);
    const asked = server.asked(`GET ${attachmentPath}`).map(({ query }) => query.get('instance_id'));
    assert.deepEqual([...new Set(asked)], [uuid]);
    assert.deepEqual(changes(), []);
  });

  it('takes no incomplete list for one without the attachment', async () => {
    answer(`GET ${attachmentPath}`, { status: 500, text: 'no' });
    assert.ok(['refused', 'failed'].includes(only(await run(plan(attachment))).outcome));
    assert.equal(await cloud.dump(), planted);
    assert.deepEqual(changes(), []);
  });

  it('that the service refuses stops the section before any row', async () => {
    answer(`DELETE ${attachmentPath}/${attachmentId}`, {
      status: 409,
      body: { conflict: { code: 409, message: 'still attached' } },
    });
    const report = await run(plan(attachment));
    assert.equal(only(report).problem?.code, 'conflict');
    assert.match(only(report).problem?.action ?? '', /delete the server first/);
    assert.deepEqual(outcomes(report).slice(0, 2), ['refused', 'skipped']);
    assert.equal(await cloud.dump(), planted);
  });

  it('whose answer is lost is unknown, and nothing follows it', async () => {
    answer(`DELETE ${portPath}`, hangUp);
    const report = await run(plan(port));
    assert.deepEqual([only(report).outcome, outcomes(report)[0]], ['unknown', 'unknown']);
    assert.equal(only(report).steps[0]?.irreversible, true);
    assert.equal(await cloud.dump(), planted);
    const ended = (await readJournal(context.folder, report.run)).find(({ event }) => event === 'step-ended');
    assert.equal(ended?.event === 'step-ended' && ended.outcome, 'unknown');
  });

  it('is not sent when the run is cancelled while it is read', async () => {
    const stop = new AbortController();
    answer(`GET ${portPath}`, { body: { port: portOf(uuid) } }, () => {
      stop.abort();
      return { body: { port: portOf(uuid) } };
    });
    const report = await run(plan(port), stop.signal);
    assert.deepEqual([only(report).outcome, changes()], ['skipped', []]);
    assert.equal(await cloud.dump(), planted);
  });

  it('takes the allocations at one provider, and never more', async () => {
    const path = `/placement/allocations/${uuid}`;
    const held = { [provider]: { resources: { VCPU: 1 } }, [other]: { resources: { VCPU: 2 } } };
    answer(`GET ${path}`, {
      body: { allocations: held, consumer_generation: 4, project_id: 'p', user_id: 'u' },
    });
    answer(`PUT ${path}`, { status: 204 });
    const text = planText(
      context,
      sectionText(uuid, directive('api', { do: 'unset-allocation', consumer: uuid, provider })),
    );
    assert.equal(only(await run(text)).outcome, 'done');
    assert.deepEqual(server.asked(`PUT ${path}`)[0]?.body, {
      allocations: { [other]: { resources: { VCPU: 2 } } },
      consumer_generation: 4,
      project_id: 'p',
      user_id: 'u',
    });
  });

  describe('in a dry run', () => {
    it('is read, and sends nothing', async () => {
      const report = await dryRun(plan(port, attachment));
      assert.deepEqual(outcomes(report).slice(0, 2), ['rolled-back', 'rolled-back']);
      assert.match(only(report).steps[0]?.detail ?? '', /nothing was sent/);
      assert.equal(server.asked(`GET ${portPath}`).length, 1);
      assert.deepEqual(changes(), []);
    });

    it('says what a run would refuse', async () => {
      answer(`GET ${portPath}`, { body: { port: portOf(other) } });
      const report = await dryRun(plan(port));
      assert.equal(only(report).steps[0]?.problem?.code, 'stale-evidence');
    });
  });

  it('is not even read on a read-only cloud', async () => {
    const { access } = context;
    const configuration = { ...access.configuration, readOnly: true };
    context = { ...context, access: { ...access, configuration } };
    await expectError('read-only', run(plan(port)));
    assert.deepEqual(server.seen, []);
  });

  it('refuses the plan where the cloud has no entry of clouds.yaml', async () => {
    context = await contextOn(cloud);
    await expectError('plan-refused', run(plan(port)));
    await assert.rejects(dryRun(plan(port)), /Line \d+: .*clouds\.yaml/);
    assert.equal(await cloud.dump(), planted);
  });

  it('leaves everything as it is when the login fails, hosts too', async () => {
    answer('POST /v3/auth/tokens', { status: 401, body: { error: { code: 401, message: 'no' } } });
    const report = await run(plan(port));
    assert.deepEqual([only(report).outcome, only(report).problem?.code], ['refused', 'refused-login']);
    assert.equal(await cloud.dump(), planted);
  });

  it('is not begun in a run that was cancelled before', async () => {
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(run(plan(port), stop.signal), (error) => CancelledError.is(error));
    assert.deepEqual(server.seen, []);
  });
});
