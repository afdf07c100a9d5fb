import type { CellName, Expectation, KindId } from '../planted';
import type { DomainPlan } from './plot';
import type { HostName } from './world';

/** Seconds before the moment of planting. */
export type Ago = number;

export interface ActionStory {
  /** instance_actions.action: create, delete, stop, migrate, ... */
  readonly action: string;
  readonly ago: Ago;
  /** Result of its one event; without one the event never finished. */
  readonly result?: 'Success' | 'Error';
  readonly host?: string;
}

export interface MigrationStory {
  readonly type: 'migration' | 'resize' | 'live-migration' | 'evacuation';
  readonly status: string;
  readonly source: HostName;
  readonly destination: HostName | null;
  readonly ago: Ago;
  readonly crossCell?: boolean;
}

/** One instance: what Nova recorded of it, and where its parts are. Only what is unusual needs saying. */
export interface Story {
  /** display_name; the seed of the UUID unless `seed` or `uuid` says otherwise. */
  readonly name: string;
  readonly seed?: string;
  readonly uuid?: string;
  readonly how: string;
  readonly expect: Expectation;
  readonly kind?: KindId;
  readonly also?: readonly KindId[];
  readonly twinOf?: string;
  readonly mustSurvive?: boolean;
  readonly staleOn?: HostName;

  readonly cell: CellName;
  /** instances.host; the host of domain and directory unless `domain` and `directories` say otherwise. */
  readonly host: string | null;
  readonly node?: string | null;
  readonly vmState: string;
  readonly taskState?: string;
  readonly created: Ago;
  readonly updated?: Ago;
  /** When Nova soft-deleted the row and its dependents; `cleaned` says whether the host's files went too. */
  readonly deleted?: Ago;
  readonly cleaned?: boolean;
  readonly hidden?: boolean;
  /** The instances row was deleted by hand with foreign key checks off; the rest stayed. */
  readonly parentless?: boolean;
  /** A how-to's `UPDATE instances SET deleted = 1` and nothing else, so long ago. */
  readonly deletedByHand?: Ago;
  /** Dependent tables whose rows its soft delete did not mark. */
  readonly leftLive?: readonly string[];
  /** Dependent tables that lost its rows. */
  readonly without?: readonly string[];
  /** Dependent tables (of the cell) that have rows of it; all that Nova writes, if not given. */
  readonly only?: readonly string[];

  readonly ports?: number;
  readonly volume?: 'root' | 'data';
  readonly large?: boolean;
  readonly actions?: readonly ActionStory[];
  readonly migrations?: readonly MigrationStory[];
  readonly fault?: string;
  /** Name of its project; one of the usual ones if not given. */
  readonly project?: string;
  /** instances.power_state; by vm_state if not given. */
  readonly powerState?: number;
  /** The cached network info is [] although it has ports. */
  readonly cacheEmpty?: boolean;

  /** The domain's state on the host, or where else it is; false for none. By vm_state if not given. */
  readonly domain?: false | DomainPlan['state'] | readonly DomainPlace[];
  /** Instance directories; the host's own by vm_state if not given. */
  readonly directories?: readonly DirectoryStory[];
  /** Names of the resource providers with an allocation of it; the host's if not given. */
  readonly allocations?: readonly string[];
  readonly mapping?: 'none' | 'no cell' | CellName;
  /** instance_mappings.queued_for_delete, where it is not what the row says */
  readonly queued?: boolean;
  readonly requestSpec?: boolean;
  readonly buildRequest?: boolean;
  /** False where the cell has no row yet. */
  readonly inCell?: boolean;
  /** What is in Nova's rows and not in Neutron or Cinder any more. */
  readonly lost?: readonly ('ports' | 'volume' | 'attachment')[];
}

export type DomainPlace = Pick<DomainPlan, 'host' | 'state'>;

export interface DirectoryStory {
  readonly host: HostName;
  readonly suffix?: '_resize' | '_del';
  readonly written: Ago;
  readonly bytes?: number;
}

/** Nova shows it no more. */
export function isGone({ deleted, deletedByHand }: Story): boolean {
  return deleted !== undefined || deletedByHand !== undefined;
}
