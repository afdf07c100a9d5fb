import assert from 'node:assert/strict';
import fc from 'fast-check';
import { check } from '../../../src/cleanup/check';
import { apiArguments } from '../../../src/cleanup/apiProse';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import { edited, errorsOf, text } from './editing';
import { cell1, cell2, otherUuid, uuid } from './subjects';

const firstUnit = `-- @unit cell="${cell1}"`;
const port = `-- @api do="delete-port" id="${otherUuid}"`;

/** The plan with a line before its first unit. */
const withLine = (line: string): string => edited(firstUnit, `${line}\n${firstUnit}`);
const messages = (plan: string): string[] => errorsOf(plan).map(({ message }) => message);

describe('an @api line', () => {
  it('asks for one thing of a closed list', () => {
    for (const line of [
      port,
      `-- @api do="delete-attachment" id="${otherUuid}"`,
      `-- @api do="delete-allocations" consumer="${uuid}"`,
      `-- @api do="unset-allocation" consumer="${uuid}" provider="${otherUuid}"`,
    ]) {
      assert.deepEqual(messages(withLine(line)), [], line);
    }
  });

  it('refuses everything else, at its place', () => {
    for (const [line, why] of [
      [`-- @api do="delete-network" id="${otherUuid}"`, /do is one of/],
      [`-- @api do="toString" id="${otherUuid}"`, /do is one of/],
      ['-- @api do="delete-port"', /takes these and no others: id/],
      [`-- @api do="delete-port" consumer="${uuid}"`, /takes these and no others: id/],
      [`-- @api do="delete-port" id="${otherUuid}" provider="${otherUuid}"`, /no others/],
      ['-- @api do="delete-port" id="../networks/1"', /no UUID/],
      [`-- @api do="delete-port" id="${otherUuid.toUpperCase()}"`, /no UUID/],
      [`-- @api do="delete-allocations" consumer="${otherUuid}"`, /not the instance of this section/],
      [`-- @api do="unset-allocation" consumer="${uuid}"`, /consumer, provider/],
      [`-- @api do="unset-allocation" consumer="${uuid}" provider="${otherUuid},${uuid}"`, /no UUID/],
      [`-- @api do="delete-port" id="${otherUuid}" path="/v2.0"`, /no attribute path/],
      ['-- @api', /lacks do/],
    ] as const) {
      const plan = withLine(line);
      const errors = errorsOf(plan);
      assert.equal(errors.length, 1, line);
      assert.match(errors[0]?.message ?? '', why, line);
      assert.equal(plan.slice(errors[0]?.span.start, errors[0]?.span.end), line);
    }
  });

  it('stands after the hosts and before the rows, and not in a restore plan', () => {
    const after = edited('COMMIT;', `COMMIT;\n${port}`);
    assert.match(messages(after).join(), /order of steps/);
    const restore = withLine(port).replace('purpose="cleanup"', 'purpose="restore" run="1"');
    assert.match(messages(restore).join(), /no place in a plan whose purpose is restore/);
  });

  it('asks Nova to delete the server only in a section that does nothing else', () => {
    const server = `-- @api do="delete-server" id="${uuid}"`;
    assert.match(messages(withLine(server)).join(), /section of depth api/);
    const section = (...lines: string[]): string =>
      [text.slice(0, text.indexOf('-- @unit')), ...lines]
        .join('\n')
        .replace('depth="complete"', 'depth="api"');
    for (const line of [
      server,
      `-- @api do="force-delete-server" id="${uuid}"`,
      `-- @api do="reset-state" id="${uuid}" state="error"`,
    ]) {
      assert.deepEqual(messages(section(line)), [], line);
    }
    for (const [line, why] of [
      [port, /only asks Nova/],
      [`-- @directory host="h" path="/i/${uuid}" bytes=1 then="quarantine"`, /only asks Nova/],
      [text.slice(text.indexOf('-- @unit')), /only asks Nova/],
      [`-- @api do="delete-server" id="${otherUuid}"`, /not the instance of this section/],
      [`-- @api do="reset-state" id="${uuid}" state="active"`, /state is "error"/],
      [`-- @api do="reset-state" id="${uuid}"`, /takes these and no others: id, state/],
    ] as const) {
      assert.match(messages(section(line)).join(), why, line);
    }
  });

  it('never makes the parsing fail', () => {
    const values = fc.oneof(fc.string(), fc.constantFrom(uuid, otherUuid, ...Object.keys(apiArguments)));
    const names = fc.constantFrom('do', 'id', 'consumer', 'provider', 'state');
    fc.assert(
      fc.property(fc.dictionary(names, values), (attributes) => {
        const { sections } = parse(withLine(directive('api', attributes)));
        const requests = sections.flatMap(({ steps }) => steps.filter(({ step }) => step === 'api'));
        assert.ok(requests.length <= 1);
      }),
    );
  });

  it('is refused in a cloud without an entry of clouds.yaml', () => {
    const context = { cloud: 'prod-eu', cells: [cell1, cell2] };
    const plan = parse(withLine(port));
    assert.deepEqual(check(plan, { ...context, apis: true }), []);
    const [problem] = check(plan, { ...context, apis: false });
    assert.match(problem?.message ?? '', /name no entry of clouds.yaml/);
    assert.deepEqual(check(parse(text), { ...context, apis: false }), []);
  });
});
