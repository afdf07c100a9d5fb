import { readTraces } from '../../evidence/traces';
import type { Reach } from './reach';
import { traceText } from './traceText';

/** Why an instance is suspected, and every row, domain and directory of it, read now. */
export async function showAll(reach: Reach, cloud: string, uuid: string): Promise<string> {
  const survey = await reach.survey(cloud);
  const names = new Map(survey.cells.map((cell) => [cell.uuid, cell.name]));
  const rows = await readTraces(reach.access(cloud), survey, uuid);
  const suspect = reach.clouds.state(cloud).suspect(uuid);
  const sources = new Map(survey.scene.sources.map(({ id, name }) => [id, name]));
  return traceText({
    cloud,
    uuid,
    ...(suspect ? { suspect } : {}),
    sourceName: (id) => sources.get(id) ?? id,
    rows: rows.map((trace) => ({ ...trace, database: names.get(trace.database) ?? trace.database })),
    domains: survey.hosts.flatMap((host) => host.domains.filter((domain) => domain.uuid === uuid)),
    directories: survey.hosts.flatMap((host) =>
      host.directories.filter((directory) => directory.uuid === uuid),
    ),
    unread: survey.scene.sources.flatMap(({ name, gap }) => (gap ? [`${name}: ${gap.message}`] : [])),
  });
}
