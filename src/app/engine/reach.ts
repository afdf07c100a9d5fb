import type { CloudAccess } from '../../cloud/access';
import type { CloudConfiguration } from '../../cloud/configuration';
import { createCloudAccess } from '../../cloud/createCloudAccess';
import type { SurveyOptions } from '../../evidence/survey';
import type { Logger } from '../../model/ports';
import type { Suspect } from '../../model/suspect';
import type { Clouds } from '../clouds';
import type { KeptSurvey } from '../cloudState';
import type { KeepList } from '../keepList';
import { answers, look, signs, type Looked } from './look';
import { SightingStore } from './sightingStore';

/** Logins are many: each scan and each transaction makes its own. */
function calm(logger: Logger): Logger {
  return {
    debug: (message) => logger.debug(message),
    info: (message) => logger.debug(message),
    warn: (message) => logger.warn(message),
    error: (message) => logger.error(message),
  };
}

/** The clouds of this window as something that can be reached and read. */
export class Reach {
  private readonly sightings: SightingStore;

  constructor(
    readonly clouds: Clouds,
    readonly keepList: KeepList,
  ) {
    const { state, clock, logger } = clouds.surroundings;
    this.sightings = new SightingStore(state, clock, logger);
  }

  access(cloud: string): CloudAccess {
    return this.accessBy(this.clouds.configuration(cloud));
  }

  /** The doors of a cloud that need not be in the settings. */
  accessBy(configuration: CloudConfiguration): CloudAccess {
    const { secrets, prompts, hostKeys, logger, clock } = this.clouds.surroundings;
    return createCloudAccess({ configuration, secrets, prompts, hostKeys, logger: calm(logger), clock });
  }

  /** With what is remembered of the cloud. */
  async surveyOptions(cloud: string, signal: AbortSignal | undefined): Promise<SurveyOptions> {
    return {
      ...this.firstOptions(signal),
      sightings: await this.sightings.recall(this.clouds.configuration(cloud)),
      keeps: this.keepList.inForce(cloud),
    };
  }

  /** As for a cloud of which nothing is remembered. */
  firstOptions(signal: AbortSignal | undefined): SurveyOptions {
    const { clock, logger, thresholds } = this.clouds.surroundings;
    return {
      clock,
      logger,
      thresholds: thresholds(),
      signs,
      sightings: new Map(),
      keeps: [],
      ...(signal ? { signal } : {}),
    };
  }

  /** The last survey of the cloud, or a new one when it was not scanned yet. */
  async survey(cloud: string, signal?: AbortSignal): Promise<KeptSurvey> {
    const known = this.clouds.state(cloud).survey;
    if (known) return known;
    return (await look(this.access(cloud), await this.surveyOptions(cloud, signal), () => [])).survey;
  }

  /** Notes what a look at some UUIDs showed, or at all; gives its suspects with how often each was seen. */
  note(cloud: string, looked: Looked, uuids?: readonly string[]): Promise<ReadonlyMap<string, Suspect>> {
    return this.sightings.note(this.clouds.configuration(cloud), looked, uuids);
  }

  /** Takes in what a look at some UUIDs showed, tells whoever listens, and gives what is known of each now. */
  async absorb(
    cloud: string,
    uuids: readonly string[],
    looked: Looked,
  ): Promise<ReadonlyMap<string, Suspect | undefined>> {
    const suspects = await this.note(cloud, looked, uuids);
    const state = this.clouds.state(cloud);
    const seen = answers({ ...looked, suspects }, uuids, {
      scene: state.survey?.scene,
      suspect: (uuid) => state.suspect(uuid),
    });
    state.absorb(looked.survey, seen, this.clouds.surroundings.clock.now().toISOString());
    this.clouds.changed(cloud);
    return seen;
  }
}
