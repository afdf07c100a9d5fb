import type { OpenStackApi } from '../../cloud/openstack/openStackApi';
import type { ServiceType } from '../../cloud/openstack/openStackCloud';
import type { Dossier } from '../../model/dossier';
import type { Sign } from '../../model/sign';
import type { Gap } from '../../model/source';
import type { SourceName } from '../sources';
import type { NovaRows } from './novaRows';

/** A service whose API is a source: how it is looked at once, and how it is asked about candidates. */
export interface Service {
  readonly name: SourceName;
  readonly type: ServiceType;
  /** it belongs to one Nova: one that others share is not judged */
  readonly regional?: true;
  /** it is read when one of these is wanted */
  readonly signs: readonly Sign[];
  /** Marks what it sees; gives what it does not, as a gap. */
  survey(look: FirstLook): Promise<Gap | undefined>;
  /** Rejects, as its inquiries do, when an answer is missing. */
  inquire(look: SecondLook): Promise<Inquiry>;
}

export interface FirstLook {
  readonly api: OpenStackApi;
  readonly rows: NovaRows;
  readonly mark: (uuid: string, sign: Sign) => void;
  readonly signal?: AbortSignal;
}

export interface SecondLook {
  readonly api: OpenStackApi;
  /** too many candidates to ask about each: the lists are read once more */
  readonly many: boolean;
  readonly signal?: AbortSignal;
}

/** What the service has about the UUID of one dossier, as fields to lay over it. */
export type Inquiry = (dossier: Dossier) => Promise<Partial<Dossier>>;
