import * as l10n from '@vscode/l10n';
import type { CloudAccess } from '../../cloud/access';
import type { OpenStackApi } from '../../cloud/openstack/openStackApi';
import type { Gap, Source } from '../../model/source';
import type { DatabaseOptions } from '../databaseOptions';
import type { Glimpses } from '../glimpses';
import type { PlacementSearch } from '../placement/allocationSigns';
import { surveyApi } from '../placement/surveyApi';
import { gapOf, placementSource, sourceOf, type SourceName } from '../sources';
import { keystone } from './keystone';
import type { NovaRows } from './novaRows';
import type { FirstLook, Service } from './service';
import { services } from './services';

/** Placement, whose database did not answer. */
export interface UnreadPlacement {
  readonly source: Source;
  /** what was to be looked for in it */
  readonly search: PlacementSearch;
}

/**
 * Reads the services that the wanted signs need, side by side; none where the cloud has no APIs configured, and none
 * that its catalogue does not have.
 *
 * @param unread when Placement's database did not answer: its API may
 */
export async function surveyServices(
  access: CloudAccess,
  rows: NovaRows,
  glimpses: Glimpses,
  unread: UnreadPlacement | undefined,
  options: DatabaseOptions,
): Promise<readonly Source[]> {
  const wanted = services.filter(({ signs }) => signs.some((sign) => options.signs.has(sign)));
  if (!access.openOpenStack || (wanted.length === 0 && !unread)) return [];
  const survey = new ServiceSurvey(rows, glimpses, unread, options);
  let api: OpenStackApi;
  try {
    api = await access.openOpenStack(options.signal);
  } catch (error) {
    return survey.withoutLogin(gapOf(error, options.logger));
  }
  try {
    return await survey.read(api, wanted);
  } finally {
    api.close();
  }
}

class ServiceSurvey {
  constructor(
    private readonly rows: NovaRows,
    private readonly glimpses: Glimpses,
    private readonly unread: UnreadPlacement | undefined,
    private readonly options: DatabaseOptions,
  ) {}

  /** Which services there are is not known then: Keystone stands for them. */
  withoutLogin(gap: Gap): readonly Source[] {
    return [this.answered(keystone.name, gap), ...(this.unread ? [this.tell(this.unread.source)] : [])];
  }

  async read(api: OpenStackApi, wanted: readonly Service[]): Promise<readonly Source[]> {
    const offered: Service[] = [];
    for (const service of wanted) if (await api.offers(service.type)) offered.push(service);
    this.options.onExpected?.(offered.map(({ name }) => name));
    const { unread } = this;
    const sources = await Promise.all([
      ...offered.map(async (service) => this.answered(service.name, await this.survey(service, api))),
      ...(unread ? [this.placementOr(unread, api)] : []),
    ]);
    return sources;
  }

  private async survey(service: Surveyed, api: OpenStackApi): Promise<Gap | undefined> {
    const { signal, signs, logger } = this.options;
    const look: FirstLook = {
      api,
      rows: this.rows,
      mark: (uuid, sign) => {
        if (signs.has(sign)) this.glimpses.sign(uuid, sign);
      },
      ...(signal ? { signal } : {}),
    };
    try {
      if (service.regional && (await api.isShared(service.type))) return shared(service.name);
      return await service.survey(look);
    } catch (error) {
      return gapOf(error, logger);
    }
  }

  /** What its database said stays when its API does not answer either. */
  private async placementOr({ source, search }: UnreadPlacement, api: OpenStackApi): Promise<Source> {
    if (!(await api.offers('placement'))) return this.tell(source);
    const gap = await this.survey(
      {
        name: placementSource,
        type: 'placement',
        regional: true,
        survey: ({ signal }) => surveyApi(api.placement, search, signal),
      },
      api,
    );
    return gap ? this.tell(alsoUnread(source, gap)) : this.answered(placementSource);
  }

  private answered(name: SourceName, gap?: Gap): Source {
    return this.tell(sourceOf(name, this.options.clock, gap));
  }

  private tell(source: Source): Source {
    this.options.onSource?.(source);
    return source;
  }
}

type Surveyed = Pick<Service, 'name' | 'type' | 'regional' | 'survey'>;

/** Either way may be the one that is meant to work. */
function alsoUnread(database: Source, { message }: Gap): Source {
  if (!database.gap) return database;
  const { gap } = database;
  return { ...database, gap: { ...gap, message: l10n.t('{0} Nor by its API: {1}', gap.message, message) } };
}

/** What is another region's looks like nobody's here. */
function shared({ name }: SourceName): Gap {
  return {
    code: 'unsupported',
    message: l10n.t(
      '{0} serves the Nova of another region too, whose instances are not known here: what it has is not judged.',
      name,
    ),
    action: l10n.t(
      'Look at ports, volumes and nodes without an instance by hand, with both regions in view.',
    ),
  };
}
