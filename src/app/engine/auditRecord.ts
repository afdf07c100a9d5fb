import { hostname } from 'node:os';
import { join } from 'node:path';
import { parseDatabaseUrl } from '../../cloud/database/databaseUrl';
import { openStackUser } from '../../cloud/openstack/openConfigured';
import { appendDurably, makePrivateFolder } from '../../execution/durable';
import { messageOf } from '../../model/errors';
import type { PlanHeader } from '../../model/plan';
import type { Surroundings } from '../clouds';
import { loginName } from '../loginName';
import { auditFile } from '../runPaths';

/** What was done, without who did it. */
export interface AuditEntry {
  readonly event:
    | 'dry-run'
    | 'run-begun'
    | 'run-ended'
    | 'run-refused'
    | 'restore-plan'
    | 'go-on-plan'
    | 'left'
    | 'deleted';
  readonly cloud: string;
  readonly plan: string;
  readonly purpose: PlanHeader['purpose'];
  readonly run?: string;
  /** the run that was taken back, or gone on with */
  readonly of?: string;
  readonly instances?: { readonly count: number; readonly uuids: readonly string[] };
  /** number of instances by what became of them */
  readonly outcome?: Readonly<Record<string, number>>;
  readonly reason?: string;
  /** something but the asked-for words differs from the draft; absent when the draft is not known here */
  readonly edited?: boolean;
  /** of the text */
  readonly sha256?: string;
}

/** Who ran what: one line for each thing done, in a file that is only ever added to. */
export class AuditRecord {
  constructor(private readonly surroundings: Surroundings) {}

  /** The line is on the disk when this returns. */
  async add(entry: AuditEntry): Promise<void> {
    const { storageFolder, clock } = this.surroundings;
    await makePrivateFolder(storageFolder);
    const line = { at: clock.now().toISOString(), ...(await this.who(entry.cloud)), ...entry };
    await appendDurably(join(storageFolder, auditFile), JSON.stringify(line));
  }

  /** Of what has happened already: it stands, whatever becomes of the line. */
  async tell(entry: AuditEntry): Promise<void> {
    try {
      await this.add(entry);
    } catch (error) {
      this.surroundings.logger.error(
        `The audit record lacks ${entry.event} of plan ${entry.plan}: ${messageOf(error)}`,
      );
    }
  }

  private async who(cloud: string): Promise<Readonly<Record<string, string>>> {
    const { openstack, apiDatabase } =
      this.surroundings.configurations().find(({ name }) => name === cloud) ?? {};
    const user = openstack && (await openStackUser(openstack).catch(() => ''));
    return {
      login: loginName(),
      host: hostname(),
      ...(apiDatabase === undefined ? {} : { databaseAccount: parseDatabaseUrl(apiDatabase).account }),
      ...(user === undefined || user === '' ? {} : { openstackUser: user }),
    };
  }
}
