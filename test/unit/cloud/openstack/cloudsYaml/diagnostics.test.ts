import assert from 'node:assert/strict';
import { listClouds } from '../../../../../src/cloud/openstack/cloudsYaml/listClouds';
import { resolveCloud } from '../../../../../src/cloud/openstack/cloudsYaml/resolveCloud';
import { sourcesOf } from './sources';

type Row = readonly [what: string, text: string, place: string, message: RegExp];

/** What must be mended, with the place where it is: `line:column`. */
const errors: readonly Row[] = [
  ['an open quote', 'clouds:\n  c:\n    verify: "no\n', '4:1', /a quote, a bracket/],
  ['a tab', 'clouds:\n\tc: {}\n', '2:1', /Replace this tab/],
  ['lines that do not fit', 'clouds:\n  c:\n    a: 1\n   b: 2\n', '4:1', /indentation/],
  ['a text with a colon', 'clouds:\n  c: a: b\n', '2:6', /Put a text that holds ": " in quotes/],
  ['a text that starts with @', 'clouds: {c: @home}\n', '1:13', /cannot start with this character/],
  ['an escape that there is not', 'clouds: {c: "\\q"}\n', '1:14', /no such escape/],
  ['a control character', 'clouds:\n  c: \u0007\n', '2:6', /control character/],
  ['a second document', 'clouds: {}\n---\nclouds: {}\n', '2:1', /second YAML document/],
  ['an alias without an anchor', 'clouds:\n  c: *c\n', '2:6', /no anchor/],
  ['an alias that holds itself', 'clouds: &c\n  c: *c\n', '2:6', /holds itself/],
  ['a tag', 'clouds:\n  c: !vault x\n', '2:13', /tag/],
  ['a tag that objects of JavaScript have', 'clouds:\n  c: !!constructor x\n', '2:20', /tag/],
  ['a merge of a text', 'clouds:\n  <<: text\n', '2:7', /merged with <</],
  ['a mapping as a key', 'clouds:\n  {a: b}: c\n', '2:3', /key must be a text/],
  ['a list of clouds', 'clouds:\n  - c\n', '1:1', /must be a mapping/],
  ['a cloud that is a text', 'clouds:\n  c: here\n', '2:6', /must be a mapping/],
  ['a cloud without anything', 'clouds:\n  c:\n', '2:3', /must be a mapping/],
  ['no auth_url', 'clouds:\n  c:\n    auth:\n      username: u\n', '3:5', /auth_url is missing/],
  ['no auth', 'clouds:\n  c:\n    verify: true\n', '2:3', /auth_url is missing/],
  ['no cloud', 'clouds: {}\n', '1:1', /There is no cloud/],
  ['several clouds', 'x: 1\nclouds: {a: {}, b: {}}\n', '2:1', /several clouds/],
  ['an auth type', 'clouds:\n  c: {auth_type: kerberos}\n', '2:18', /auth_type is not supported/],
  ['a key of auth', 'clouds:\n  c: {auth: {pass: 1}}\n', '2:20', /takes no such key/],
  ['a list for a text', 'clouds:\n  c: {auth: {username: [u]}}\n', '2:14', /must be a text/],
  ['regions', 'clouds:\n  c: {regions: one}\n', '2:16', /list of regions/],
  ['a region', 'clouds:\n  c:\n    regions:\n      - one\n      - values: {}\n', '5:9', /A region is a name/],
  ['an interface', 'clouds:\n  c: {compute_interface: all}\n', '2:26', /must be one of: public/],
  ['a timeout', 'clouds:\n  c: {api_timeout: long}\n', '2:20', /number of seconds/],
  ['braces', 'clouds:\n  c: {cacert: "/{x}"}\n', '2:15', /Braces stand/],
  ['a remote profile', 'clouds:\n  c: {profile: "https://a"}\n', '2:16', /not fetched/],
];

const warnings: readonly Row[] = [
  ['a key twice', 'clouds:\n  c: {verify: true, verify: true}\n', '2:21', /second time/],
  ['a key that is no text', 'clouds:\n  no: {}\n', '2:3', /does not read this key as a text/],
  ['an octal number', 'clouds:\n  c: {auth: {password: 0123}}\n', '2:24', /another number/],
  ['an old key', 'clouds:\n  c: {auth_plugin: v3token}\n', '2:20', /auth_plugin has no effect/],
  ['a profile', 'clouds:\n  c: {profile: p}\n', '2:16', /not in clouds-public.yaml/],
  ['unused authorities', 'clouds:\n  c: {verify: no, cacert: /a}\n', '2:27', /cacert has no effect/],
];

describe('what is wrong in clouds.yaml', () => {
  for (const [severity, rows] of Object.entries({ error: errors, warning: warnings })) {
    for (const [what, clouds, place, message] of rows) {
      it(`is shown where it is: ${what} (${severity})`, () => {
        const { diagnostics } = resolveCloud(sourcesOf({ clouds }));
        const found = diagnostics.find((other) => message.test(other.message));
        assert.ok(found?.place, JSON.stringify(diagnostics));
        assert.equal(found.severity, severity);
        assert.equal(found.place.file, '/etc/openstack/clouds.yaml');
        assert.equal(`${found.place.line}:${found.place.column}`, place);
      });
    }
  }

  it('is shown in JSON too', () => {
    const text = '{\n  "clouds": {\n    "c": {"verify": "no"}\n  }\n}';
    for (const [clouds, place, message] of [
      [text, { line: 3, column: 21 }, /true or false/],
      [text.replace('{"verify"', '{verify'), { line: 3, column: 11 }, /not valid JSON/],
      [text.slice(0, -2), { line: 4, column: 4 }, /not valid JSON/],
    ] as const) {
      const { diagnostics } = resolveCloud(sourcesOf({ clouds }, 'json'));
      const found = diagnostics.find((other) => message.test(other.message));
      assert.deepEqual(found?.place, { file: '/etc/openstack/clouds.json', ...place });
    }
  });

  it('is shown in the file that has it', () => {
    const clouds = 'clouds: {c: {profile: p, auth: {auth_url: "http://a", username: u}}}';
    const files = (sources: Parameters<typeof sourcesOf>[0]): unknown =>
      resolveCloud(sourcesOf(sources)).diagnostics.map(({ place }) => `${place?.file}:${place?.line}`);
    assert.deepEqual(files({ clouds, secure: '#\n[' }), ['/etc/openstack/secure.yaml:2']);
    const secure = 'clouds:\n  c:\n    auth: {nonsense: 1}\n';
    const profiles = 'public-clouds: {p: {}}';
    assert.deepEqual(files({ clouds, secure, profiles }), ['/etc/openstack/secure.yaml:3']);
    assert.deepEqual(files({ clouds, profiles: '\n[' }), ['/etc/openstack/clouds-public.yaml:2']);
  });

  it('names the variable when the environment has it', () => {
    const env = { OS_AUTH_URL: 'http://a', OS_USERNAME: 'u', OS_VERIFY: 'false' };
    const { cloud, diagnostics } = resolveCloud(sourcesOf({ env }));
    assert.equal(cloud, undefined);
    assert.match(diagnostics[0]?.message ?? '', /^Environment variable OS_VERIFY: /);
    assert.equal(diagnostics[0]?.place, undefined);
  });

  it('is what the reader of the files found as well', () => {
    const found = { severity: 'error', message: 'not in UTF-8' } as const;
    const sources = { ...sourcesOf({ clouds: 'clouds: {}' }), diagnostics: [found] };
    assert.deepEqual(resolveCloud(sources), { diagnostics: [found] });
  });
});

describe('the list of clouds', () => {
  it('has their regions and the default one, and what is wrong with the file as a whole', () => {
    const clouds =
      'clouds:\n  a: {regions: [one, {name: two}]}\n  b: {profile: p}\n  c: {region_name: r}\n  d:\n';
    const profiles = 'public-clouds: {p: {regions: [three]}}';
    assert.deepEqual(listClouds(sourcesOf({ clouds, profiles, env: { OS_CLOUD: 'b' } })), {
      clouds: [
        { name: 'a', regions: ['one', 'two'] },
        { name: 'b', regions: ['three'] },
        { name: 'c', regions: ['r'] },
        { name: 'd', regions: [] },
      ],
      defaultName: 'b',
      diagnostics: [],
    });
    assert.equal(listClouds(sourcesOf({ clouds: 'clouds: [' })).diagnostics.length, 1);
  });
});
