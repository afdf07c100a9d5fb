import type { CloudAccess } from '../../cloud/access';
import type { OpenStackApi } from '../../cloud/openstack/openStackApi';
import { CancelledError } from '../../model/errors';
import type { Dossier } from '../../model/dossier';
import type { Scene } from '../../model/scene';
import type { HostReport } from '../hostReport';
import { ApiInquiry } from '../placement/apiInquiry';
import type { PlacementInquiry } from '../placement/findings';
import { sideBySide } from '../sideBySide';
import type { SourceName } from '../sources';
import type { Inquiry, Service } from './service';
import { services } from './services';

/** Up to so many candidates are asked about one by one. */
const mostSingle = 200;
const requestsAtATime = 8;

export interface InquiryOptions {
  /** how many are going to be asked about */
  readonly candidates: number;
  readonly hosts: readonly HostReport[];
  readonly signal?: AbortSignal;
  /** False when the work failed: then the source has the gap. */
  readonly orGap: (name: SourceName, work: () => Promise<void>) => Promise<boolean>;
}

/** The second look at the services: those that the first one read to the end are asked about each candidate. */
export class ServiceInquiry {
  private readonly asked: Set<Service>;
  private readonly inquiries = new Map<Service, Inquiry>();
  private login: Promise<OpenStackApi> | undefined;

  constructor(
    private readonly access: CloudAccess,
    { sources }: Scene,
    private readonly options: InquiryOptions,
  ) {
    const complete = new Set(sources.filter((source) => source.complete).map(({ id }) => id));
    this.asked = new Set(services.filter(({ name }) => complete.has(name.id)));
  }

  /** Placement's API, to be asked in place of its database; undefined where there is none. */
  async placement(): Promise<PlacementInquiry | undefined> {
    const { hosts, signal } = this.options;
    try {
      if (!this.access.openOpenStack) return undefined;
      const api = await this.api();
      if (!(await api.offers('placement'))) return undefined;
      return new ApiInquiry(api.placement, this.many, hosts, signal);
    } catch (error) {
      if (CancelledError.is(error)) throw error;
      return undefined;
    }
  }

  /** The dossiers with what the services have; one that does not answer is not asked again. */
  async complete(dossiers: readonly Dossier[]): Promise<readonly Dossier[]> {
    let told = dossiers;
    for (const service of [...this.asked]) {
      const before = told;
      const answered = await this.options.orGap(service.name, async () => {
        const inquiry = await this.inquiry(service);
        told = await sideBySide(before, requestsAtATime, async (dossier) => ({
          ...dossier,
          ...(await inquiry(dossier)),
        }));
      });
      if (!answered) this.asked.delete(service);
    }
    return told;
  }

  async close(): Promise<void> {
    (await this.login?.catch(() => undefined))?.close();
  }

  private async inquiry(service: Service): Promise<Inquiry> {
    const known = this.inquiries.get(service);
    if (known) return known;
    const { signal } = this.options;
    const look = { api: await this.api(), many: this.many, ...(signal ? { signal } : {}) };
    const made = await service.inquire(look);
    this.inquiries.set(service, made);
    return made;
  }

  private get many(): boolean {
    return this.options.candidates > mostSingle;
  }

  /** One login for all, made for the first that needs it. */
  private api(): Promise<OpenStackApi> {
    this.login ??= this.access.openOpenStack?.(this.options.signal);
    return this.login ?? Promise.reject(new Error('no service is a source of a cloud without APIs'));
  }
}
