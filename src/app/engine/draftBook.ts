import { createHash } from 'node:crypto';
import { parse } from '../../cleanup/parse';
import { unanswered } from '../../cleanup/unanswered';
import type { State } from '../state';

const key = 'openstackZombies.drafts';
const kept = 500;

type Drafts = Readonly<Record<string, string>>;

/** How each plan read when it was drafted, by its id, as a hash: an edited one is told from it, in any window. */
export class DraftBook {
  constructor(private readonly state: State) {}

  async note(text: string): Promise<void> {
    const id = parse(text).header?.id;
    if (id === undefined) return;
    const drafts = Object.entries(this.state.get<Drafts>(key, {})).slice(1 - kept);
    await this.state.update(key, Object.fromEntries([...drafts, [id, hashOf(text)]]));
  }

  /** Undefined for a plan that was not drafted here, or too long ago. */
  isEdited(id: string, text: string): boolean | undefined {
    const drafted = new Map(Object.entries(this.state.get<Drafts>(key, {}))).get(id);
    return drafted === undefined ? undefined : drafted !== hashOf(text);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(unanswered(text)).digest('hex');
}
