import assert from 'node:assert/strict';
import { readDossiers } from '../../../../src/evidence/dossiers';
import { survey, type Survey } from '../../../../src/evidence/survey';
import { CancelledError } from '../../../../src/model/errors';
import type { Sign } from '../../../../src/model/sign';
import type { Source } from '../../../../src/model/source';
import { kinds as everyKind } from '../../../../src/zombies/kinds';
import type { DemoCloud } from '../../../cloud/demoCloud';
import { half, hangUp, type Behaviour } from '../../cloud/openstack/scriptedServer';
import { sharedCloud } from '../../sharedCloud';
import { accessTo, options } from '../accessTo';
import { oneOf } from '../pick';
import { provider, ScriptedServices } from '../scriptedServices';
import { signsOfPlacement } from '../signs/everySign';
import { withoutDatabase } from './byApi';

const nobody = '8f0c6a5e-0000-4000-8000-000000000001';
const signs: ReadonlySet<Sign> = new Set(signsOfPlacement);
const providers = 'GET /placement/resource_providers';
const heldAt = (uuid: string): string => `${providers}/${uuid}/allocations`;
const held = { resources: { VCPU: 1 } };

describe('Placement’s API, where its database does not answer', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let services: ScriptedServices;
  let first: string;
  let second: string;
  let live: string;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    const nodeOf = (host: string): Promise<string> =>
      oneOf(cloud, `SELECT uuid FROM nova_cell1.compute_nodes WHERE host = '${host}'`);
    [first, second] = [await nodeOf('compute-01'), await nodeOf('compute-02')];
    live = await oneOf(
      cloud,
      "SELECT uuid FROM nova_cell1.instances WHERE deleted = 0 AND host = 'compute-01' LIMIT 1",
    );
  });
  beforeEach(async () => {
    services = await ScriptedServices.start();
    await services.fit(cloud);
    services.providers(provider(first, 'compute-01'), provider(second, 'compute-02'));
    services.server.on(heldAt(first), { body: { allocations: { [nobody.toUpperCase()]: held } } });
    services.server.on(heldAt(second), { body: { allocations: { [live]: held } } });
  });
  afterEach(() => services.stop());

  const access = (settings: object = {}): ReturnType<typeof accessTo> =>
    services.behind(accessTo(cloud, { ...withoutDatabase(cloud), ...settings }));

  const look = (own: object = {}): Promise<Survey> =>
    survey(access(), { ...options, signs, onlyHosts: [], ...own });

  const placementOf = ({ scene }: Pick<Survey, 'scene'>): Source =>
    scene.sources.find(({ id }) => id === 'placement') ?? assert.fail();

  const shown = ({ glimpses }: Survey): Sign[] =>
    signsOfPlacement.filter((sign) => [...glimpses.values()].some((glimpse) => glimpse.signs.has(sign)));

  it('is told of once, as a source that answered', async () => {
    const told: Source[] = [];
    const seen = await look({ onSource: (source: Source) => told.push(source) });
    assert.deepEqual(
      told.filter(({ id }) => id === 'placement').map(({ complete }) => complete),
      [true],
    );
    assert.equal(placementOf(seen).complete, true);
    assert.ok(seen.glimpses.get(nobody)?.signs.has('allocation-of-none'));
    assert.equal(seen.glimpses.get(live)?.signs.size, 0);
    assert.deepEqual(shown(seen), ['allocation-of-none', 'no-allocation']);
  });

  it('is asked for the providers alone when no kind wants more', async () => {
    const seen = await look({ signs: new Set() });
    assert.equal(placementOf(seen).complete, true);
    assert.deepEqual(services.server.asked(heldAt(first)), []);
  });

  it('holds nothing at a provider that was deleted since it was listed', async () => {
    services.server.on(heldAt(first), { status: 404, body: { errors: [{ status: 404, detail: 'gone' }] } });
    const seen = await look();
    assert.equal(placementOf(seen).complete, true);
    assert.equal(seen.glimpses.get(nobody), undefined);
  });

  it('ends when it is cancelled', async () => {
    const cancel = new AbortController();
    services.server.on(heldAt(first), () => {
      cancel.abort();
      return undefined;
    });
    await assert.rejects(look({ signal: cancel.signal }), CancelledError);
  });

  describe('is a gap, and shows no sign at all,', () => {
    const busy: Behaviour = { status: 503, headers: { 'Retry-After': '0' }, text: 'busy' };
    const refused: Behaviour = { status: 403, body: { errors: [{ status: 403, detail: 'no' }] } };
    const failures: readonly [story: string, message: RegExp, fail: () => void][] = [
      ['when it is overloaded', /503/, () => services.server.on(providers, busy)],
      ['when the account may not list providers', /403/, () => services.server.on(providers, refused)],
      ['when it does not say which of them share', /400/, withoutSharing],
      ['when one provider of many is not answered', /503/, () => services.server.on(heldAt(second), busy)],
      ['when the connection is lost', /./, () => services.server.on(heldAt(second), hangUp)],
      ['when half of an answer comes', /./, () => services.server.on(heldAt(second), half('{"alloc'))],
      [
        'when an answer is of something else',
        /allocations/,
        () => services.server.on(heldAt(second), { body: {} }),
      ],
      [
        'when a 404 is that of a proxy',
        /404/,
        () => services.server.on(heldAt(second), { status: 404, text: '<html>' }),
      ],
      ['when it lists nothing', /no compute node/, () => services.providers()],
      [
        'when it is that of another region',
        /no compute node/,
        () => services.providers(provider('8f0c6a5e-0000-4000-8000-00000000000a', 'elsewhere')),
      ],
      [
        'when the Nova of another region uses it too',
        /another region/,
        () => (services.server.otherRegion = 'two'),
      ],
    ];

    function withoutSharing(): void {
      const all = [provider(first, 'compute-01'), provider(second, 'compute-02')];
      services.server.on(providers, ({ query }) =>
        query.has('required') ? { status: 400, body: {} } : { body: { resource_providers: all } },
      );
    }

    for (const [story, message, fail] of failures) {
      it(story, async () => {
        fail();
        const seen = await look();
        const { complete, gap } = placementOf(seen);
        assert.equal(complete, false);
        // what is wrong with the database comes first
        assert.equal(gap?.code, 'not-a-nova-database');
        assert.match(gap.message, /nova_cell0.*Nor by its API/s);
        assert.match(gap.message.slice(gap.message.indexOf('Nor by its API')), message);
        assert.deepEqual(shown(seen), []);
      });
    }
  });

  it('leaves no verdict but unknown of what leans on it, when it fails at the second look', async () => {
    const seen = await look();
    services.server.on(`GET /placement/allocations/${nobody}`, {
      status: 503,
      headers: { 'Retry-After': '0' },
    });
    const { dossiers, scene } = await readDossiers(access(), seen, [nobody, live], options);
    assert.equal(placementOf({ scene }).complete, false);
    const kinds = everyKind.filter(({ needs }) => needs.includes('placement'));
    assert.ok(kinds.length > 0);
    for (const dossier of dossiers.values())
      for (const kind of kinds)
        assert.ok(['unknown', undefined].includes(kind.judge(dossier, scene)?.verdict), kind.id);
  });
});
