import { writeFileSync } from 'node:fs';
import type { Credentials } from './session';
import { region } from './site';

/** Every value is quoted: JSON's strings are YAML's. */
export function cloudsYaml(file: string, cloud: string, authUrl: string, as: Credentials): void {
  const auth = {
    auth_url: authUrl,
    username: as.user,
    password: as.password,
    project_name: as.project,
    user_domain_name: as.userDomain,
    project_domain_name: as.projectDomain,
  };
  const lines = [
    'clouds:',
    `  ${JSON.stringify(cloud)}:`,
    '    auth:',
    ...Object.entries(auth).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}`),
    `    region_name: ${JSON.stringify(region)}`,
    '    interface: public',
    '    identity_api_version: 3',
  ];
  writeFileSync(file, lines.join('\n') + '\n', { mode: 0o600 });
}

/** What the `openstack` client reads instead of a clouds.yaml. */
export function commandEnvironment(authUrl: string, as: Credentials): Record<string, string> {
  return {
    OS_AUTH_URL: authUrl,
    OS_USERNAME: as.user,
    OS_PASSWORD: as.password,
    OS_PROJECT_NAME: as.project,
    OS_USER_DOMAIN_NAME: as.userDomain,
    OS_PROJECT_DOMAIN_NAME: as.projectDomain,
    OS_IDENTITY_API_VERSION: '3',
    OS_REGION_NAME: region,
  };
}
