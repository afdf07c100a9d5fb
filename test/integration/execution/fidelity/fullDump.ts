import type { DemoCloud } from '../../../cloud/demoCloud';
import { must } from '../../../cloud/run';

const system = ['information_schema', 'mysql', 'performance_schema', 'sys'];

/** Every database of the server as mariadb-dump writes it, with the counters of AUTO_INCREMENT. */
export async function fullDump(cloud: Pick<DemoCloud, 'database' | 'sql'>): Promise<string> {
  const { host, port, user, password } = cloud.database;
  const names = (await cloud.sql('SHOW DATABASES')).flat().filter((name) => !system.includes(name));
  return must('mariadb-dump', [
    '--no-defaults',
    `--host=${host}`,
    `--port=${port}`,
    `--user=${user}`,
    `--password=${password}`,
    '--default-character-set=utf8mb4',
    '--hex-blob',
    '--order-by-primary',
    '--skip-comments',
    '--skip-extended-insert',
    '--single-transaction',
    '--databases',
    ...names,
  ]);
}
