import * as l10n from '@vscode/l10n';
import type { CloudAccess } from '../cloud/access';
import type { OpenStackApi } from '../cloud/openstack/openStackApi';
import { OperatorError } from '../model/errors';

/** The login at a cloud's APIs that all steps of a run share: made for the first that needs it. */
export class ApiDoor {
  private opened: Promise<OpenStackApi> | undefined;

  constructor(private readonly access: CloudAccess) {}

  async open(signal?: AbortSignal): Promise<OpenStackApi> {
    this.opened ??= this.logIn(signal);
    try {
      return await this.opened;
    } catch (error) {
      this.opened = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const api = await this.opened?.catch(() => undefined);
    api?.close();
  }

  private async logIn(signal?: AbortSignal): Promise<OpenStackApi> {
    const api = await this.access.openOpenStack?.(signal);
    if (!api) {
      throw new OperatorError(
        'unsupported',
        l10n.t('The settings of {0} name no entry of clouds.yaml.', this.access.configuration.name),
        l10n.t('Name one as "openstack" in the settings of the cloud, or draft the plan again.'),
      );
    }
    return api;
  }
}
