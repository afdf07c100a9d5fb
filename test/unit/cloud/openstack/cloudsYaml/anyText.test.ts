import assert from 'node:assert/strict';
import fc from 'fast-check';
import { listClouds } from '../../../../../src/cloud/openstack/cloudsYaml/listClouds';
import type { Sources } from '../../../../../src/cloud/openstack/cloudsYaml/readFiles';
import { resolveCloud } from '../../../../../src/cloud/openstack/cloudsYaml/resolveCloud';
import { sourcesOf } from './sources';

const secret = 'hunter2';

const whole = `
clouds:
  prod-eu: &eu
    profile: example
    auth_type: v3applicationcredential
    auth:
      auth_url: https://{region_name}.example.org:5000/v3
      application_credential_id: app
      application_credential_secret: "${secret}"
    regions: [one, {name: two, values: {interface: admin}}]
  prod-us:
    <<: *eu
    auth_type: token
    auth: {token: ${secret}, auth_url: 'https://a.example.org', project_name: admin}
  lab:
    auth:
      username: operator
      password: ${secret}
    cacert: "/{interface}.pem"
`;

/** One place of a text changed: something put in, or a piece cut out. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(40),
  put: fc.oneof(fc.constantFrom(...':-"\'#{}[],&*!|>%@`?\t\n ~<', ': ', '- ', '<<: ', '---\n'), fc.string()),
});

function damaged(text: string, places: readonly { at: number; cut: number; put: string }[]): string {
  return places.reduce((now, { at, cut, put }) => {
    const start = Math.floor(at * now.length);
    return now.slice(0, start) + put + now.slice(start + cut);
  }, text);
}

const keys = [
  'auth_url',
  'username',
  'user_id',
  'project_name',
  'domain_id',
  'auth_type',
  'region_name',
  'regions',
]
  .concat([
    'profile',
    'cloud',
    'verify',
    'insecure',
    'cacert',
    'cert',
    'key',
    'interface',
    'api_timeout',
    'values',
  ])
  .concat(['compute_endpoint_override', 'placement_interface', 'force_ipv4', 'name', 'auth', 'endpoint_type'])
  .concat(['user_domain_name', 'project_domain_name', '__proto__']);
const secretKeys = ['password', 'token', 'auth_token', 'auth-token', 'application_credential_secret'];
const types = ['password', 'token', 'v3password', 'v3token', 'v3applicationcredential'];
const likely = fc.constantFrom<unknown>(
  ...types,
  'http://a',
  '{password}',
  '{token}',
  'admin',
  'p',
  true,
  null,
);

const settings = fc.tuple(
  fc.dictionary(fc.constantFrom(...keys), fc.oneof({ weight: 4, arbitrary: likely }, fc.jsonValue())),
  fc.dictionary(fc.constantFrom(...secretKeys), fc.constantFrom<unknown>(secret, [secret], { a: secret })),
);
const cloud = fc.tuple(settings, settings, fc.boolean()).map(([outer, auth, hasAuth]) => ({
  ...outer[0],
  ...outer[1],
  ...(hasAuth ? { auth: { auth_url: 'http://a', username: 'u', ...auth[0], ...auth[1] } } : {}),
}));

function check(sources: Sources, wanted: { name?: string; region?: string } = {}): void {
  const { cloud: found, diagnostics } = resolveCloud(sources, wanted);
  const listed = listClouds(sources);
  const said = JSON.stringify([diagnostics, listed.diagnostics]);
  assert.ok(!said.includes(secret), said);
  assert.equal(
    found === undefined,
    diagnostics.some(({ severity }) => severity === 'error'),
  );
  for (const { place, message } of diagnostics) {
    assert.notEqual(message, '');
    const file = [sources.clouds, sources.secure, sources.profiles].find((one) => one?.path === place?.file);
    if (place === undefined || file === undefined) continue;
    const line = file.text.split('\n')[place.line - 1];
    assert.ok(line !== undefined && place.column <= line.length + 1, `${place.line}:${place.column}`);
  }
}

describe('any configuration', () => {
  it('is read without a throw: any text in any file', () => {
    const text = fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), { nil: '' });
    fc.assert(
      fc.property(text, text, text, fc.constantFrom('yaml', 'json'), (clouds, secure, profiles, suffix) =>
        check(sourcesOf({ clouds, secure, profiles }, suffix)),
      ),
    );
  });

  it('does not tell a secret: a file with damage', () => {
    const name = fc.constantFrom('prod-eu', 'prod-us', 'lab', 'other');
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 3 }), name, fc.boolean(), (places, wanted, asSecure) => {
        const text = damaged(whole, places);
        const sources = sourcesOf(asSecure ? { clouds: whole, secure: text } : { clouds: text });
        check(sources, { name: wanted });
      }),
      { numRuns: 500 },
    );
  });

  it('does not tell a secret: any value under any key, and only `secrets` has it', () => {
    fc.assert(
      fc.property(cloud, cloud, cloud, fc.boolean(), (one, over, profile, json) => {
        const sources = sourcesOf(
          {
            clouds: JSON.stringify({ clouds: { c: one } }),
            secure: JSON.stringify({ clouds: { c: over } }),
            profiles: JSON.stringify({ 'public-clouds': { p: profile } }),
          },
          json ? 'json' : 'yaml',
        );
        check(sources);
        const { cloud: found } = resolveCloud(sources);
        if (found) assert.ok(!JSON.stringify({ ...found, secrets: {} }).includes(secret));
      }),
      { numRuns: 500 },
    );
  });

  it('does not tell a secret: any environment', () => {
    const named = (list: string[]): fc.Arbitrary<string> =>
      fc.constantFrom(...list.map((key) => `OS_${key.toUpperCase().replaceAll('-', '_')}`));
    const value = fc.oneof(fc.string(), fc.constantFrom(...types, 'http://a', 'true', '{password}'));
    const env = fc.tuple(
      fc.dictionary(named(keys), value),
      fc.dictionary(named(secretKeys), fc.constant(secret)),
    );
    fc.assert(fc.property(env, ([open, secrets]) => check(sourcesOf({ env: { ...open, ...secrets } }))));
  });

  it('does not tell a secret that the parsers quote in their own messages', () => {
    for (const value of [
      `|${secret}`,
      `>${secret}`,
      `}${secret}`,
      `!a!${secret} x`,
      `*${secret}`,
      `!${secret} x`,
    ]) {
      check(sourcesOf({ clouds: `clouds:\n  c:\n    auth:\n      password: ${value}\n` }));
    }
    check(sourcesOf({ clouds: `{"password": ${secret}}` }, 'json'));
  });

  it('does not put a secret where a placeholder asks for it', () => {
    const auth = { auth_url: 'http://a', username: 'u', password: 'p' };
    for (const key of ['password', 'application_credential_secret', 'auth_token']) {
      for (const c of [
        { [key]: secret, auth, cacert: `/{${key}}` },
        { [key]: secret, auth: { ...auth, auth_url: `http://{${key}}` } },
      ]) {
        const { cloud: found } = resolveCloud(sourcesOf({ clouds: JSON.stringify({ clouds: { c } }) }));
        assert.equal(found, undefined, JSON.stringify(c));
      }
    }
  });

  it('ends soon when aliases multiply', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`);
    const { diagnostics } = resolveCloud(sourcesOf({ clouds: ['a0: &a0 [x]', ...lines].join('\n') }));
    assert.match(diagnostics[0]?.message ?? '', /too large/);
  });

  it('is refused when it is nested without an end', () => {
    const levels = Array.from({ length: 2_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    const chain = Array.from({ length: 2_000 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}]`).join('\n');
    const texts = ['['.repeat(50_000), '[]'.replace('[', '['.repeat(5_000)), '- '.repeat(50_000), levels];
    for (const clouds of [...texts, '{"a":'.repeat(50_000), `a0: &a0 x\n${chain}`]) {
      for (const suffix of ['yaml', 'json']) {
        check(sourcesOf({ clouds }, suffix));
        const { diagnostics } = resolveCloud(sourcesOf({ clouds }, suffix));
        assert.match(diagnostics[0]?.message ?? '', /Use fewer levels|not valid JSON/);
      }
    }
  });
});
