import { createHash } from 'node:crypto';
import { headerOf } from '../../cleanup/parse';
import { unanswered } from '../../cleanup/unanswered';
import { turns } from '../../model/turns';
import { pieces } from '../pieces';
import type { State } from '../state';

const key = 'openstackZombies.drafts';
const kept = 500;

/** code units */
const atATime = 262_144;

type Drafts = Readonly<Record<string, string>>;

/** How each plan read when it was drafted, by its id, as a hash: an edited one is told from it, in any window. */
export class DraftBook {
  constructor(private readonly state: State) {}

  async note(text: string): Promise<void> {
    const id = headerOf(text)?.id;
    if (id === undefined) return;
    const drafts = Object.entries(this.state.get<Drafts>(key, {})).slice(1 - kept);
    await this.state.update(key, Object.fromEntries([...drafts, [id, await hashOf(text)]]));
  }

  /** Undefined for a plan that was not drafted here, or too long ago. */
  async isEdited(id: string, text: string): Promise<boolean | undefined> {
    const drafted = new Map(Object.entries(this.state.get<Drafts>(key, {}))).get(id);
    return drafted === undefined ? undefined : drafted !== (await hashOf(text));
  }
}

/** Of many lines at a time: what a plan asks for never goes beyond its line. */
async function hashOf(text: string): Promise<string> {
  const hash = createHash('sha256');
  for (const piece of pieces(text, atATime)) {
    hash.update(unanswered(piece));
    await turns.giveWay();
  }
  return hash.digest('hex');
}
