import * as l10n from '@vscode/l10n';
import type { CloudAccess } from '../../cloud/access';
import type { OpenStackApi } from '../../cloud/openstack/openStackApi';
import type { Gap, Source } from '../../model/source';
import type { DatabaseOptions } from '../databaseSurvey';
import type { Glimpses } from '../glimpses';
import { gapOf, sourceOf, type SourceName } from '../sources';
import { keystone } from './keystone';
import type { NovaRows } from './novaRows';
import { placement } from './placement';
import type { FirstLook, Service } from './service';
import { services } from './services';

/**
 * Reads the services that the wanted signs need, side by side; none where the cloud has no APIs configured, and none
 * that its catalogue does not have.
 *
 * @param unread Placement, when its database did not answer: its API may
 */
export async function surveyServices(
  access: CloudAccess,
  rows: NovaRows,
  glimpses: Glimpses,
  unread: Source | undefined,
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
    private readonly unread: Source | undefined,
    private readonly options: DatabaseOptions,
  ) {}

  /** Which services there are is not known then: Keystone stands for them. */
  withoutLogin(gap: Gap): readonly Source[] {
    return [this.answered(keystone.name, gap), ...(this.unread ? [this.tell(this.unread)] : [])];
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

  private async survey(service: Service, api: OpenStackApi): Promise<Gap | undefined> {
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
  private async placementOr(unread: Source, api: OpenStackApi): Promise<Source> {
    const answers = (await api.offers(placement.type)) && (await this.survey(placement, api)) === undefined;
    return answers ? this.answered(placement.name) : this.tell(unread);
  }

  private answered(name: SourceName, gap?: Gap): Source {
    return this.tell(sourceOf(name, this.options.clock, gap));
  }

  private tell(source: Source): Source {
    this.options.onSource?.(source);
    return source;
  }
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
