import type { CloudAccess } from '../../cloud/access';
import type { CloudConfiguration } from '../../cloud/configuration';
import { createCloudAccess } from '../../cloud/createCloudAccess';
import type { SurveyOptions } from '../../evidence/survey';
import type { Logger } from '../../model/ports';
import type { Suspect } from '../../model/suspect';
import type { Clouds } from '../clouds';
import type { KeptSurvey } from '../cloudState';
import { answers, look, signs, type Looked } from './look';

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
  constructor(readonly clouds: Clouds) {}

  access(cloud: string): CloudAccess {
    return this.accessBy(this.clouds.configuration(cloud));
  }

  /** The doors of a cloud that need not be in the settings. */
  accessBy(configuration: CloudConfiguration): CloudAccess {
    const { secrets, prompts, hostKeys, logger, clock } = this.clouds.surroundings;
    return createCloudAccess({ configuration, secrets, prompts, hostKeys, logger: calm(logger), clock });
  }

  surveyOptions(signal: AbortSignal | undefined): SurveyOptions {
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
    return known ?? (await look(this.access(cloud), this.surveyOptions(signal), () => [])).survey;
  }

  /** Takes in what a look at some UUIDs showed, tells whoever listens, and gives what is known of each now. */
  absorb(cloud: string, uuids: readonly string[], looked: Looked): ReadonlyMap<string, Suspect | undefined> {
    const state = this.clouds.state(cloud);
    const seen = answers(looked, uuids, {
      scene: state.survey?.scene,
      suspect: (uuid) => state.suspect(uuid),
    });
    state.absorb(looked.survey, seen, this.clouds.surroundings.clock.now().toISOString());
    this.clouds.changed(cloud);
    return seen;
  }
}
