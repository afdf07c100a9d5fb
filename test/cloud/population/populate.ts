import { plantDomainGone } from './domainGone';
import { plantDomainWithoutInstance } from './domainWithoutInstance';
import { plantEveryKind } from './everyKind';
import { plantGround, type Address } from './ground';
import { plantHistory } from './history';
import { plantInstanceWithoutHost } from './instanceWithoutHost';
import { plantLeftoverDirectories } from './leftoverDirectory';
import { plantLive } from './live';
import { Plot } from './plot';
import { plantRowsWithoutParent } from './rowsWithoutParent';
import { plantStuckDeleting } from './stuckDeleting';
import { plantHandmadeDomain, plantUnusual } from './unusual';
import type { Release } from '../schema/facts';

/** The whole demo cloud as of `now`. The same moment gives the same rows to the letter. */
export function populate(now: Date, release: Release, address: Address): Plot {
  const plot = new Plot(now, release);
  plantGround(plot, address);
  plantLive(plot);
  plantUnusual(plot);
  plantHandmadeDomain(plot);
  plantStuckDeleting(plot);
  plantRowsWithoutParent(plot);
  plantDomainGone(plot);
  plantDomainWithoutInstance(plot);
  plantInstanceWithoutHost(plot);
  plantLeftoverDirectories(plot);
  plantEveryKind(plot);
  plantHistory(plot);
  return plot;
}
