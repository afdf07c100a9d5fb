import type { Sources } from '../../../../../src/cloud/openstack/cloudsYaml/readFiles';

interface Texts {
  readonly clouds?: string;
  readonly secure?: string;
  readonly profiles?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Files as they would be read from `/etc/openstack`. */
export function sourcesOf({ clouds, secure, profiles, env = {} }: Texts, suffix = 'yaml'): Sources {
  const file = (name: string, text: string): { path: string; text: string } => ({
    path: `/etc/openstack/${name}.${suffix}`,
    text,
  });
  return {
    ...(clouds === undefined ? {} : { clouds: file('clouds', clouds) }),
    ...(secure === undefined ? {} : { secure: file('secure', secure) }),
    ...(profiles === undefined ? {} : { profiles: file('clouds-public', profiles) }),
    env,
    home: '/home/operator',
    diagnostics: [],
  };
}
