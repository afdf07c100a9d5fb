import type * as vscode from 'vscode';

const key = 'openstackZombies.hostKeys';

/** SSH host keys that the operator trusted, by the name they belong to. Public keys are no secret. */
export class HostKeyMemento {
  constructor(private readonly state: vscode.Memento) {}

  get(name: string): string[] {
    return this.all()[name] ?? [];
  }

  async add(name: string, hostKey: string): Promise<void> {
    await this.state.update(key, { ...this.all(), [name]: [...this.get(name), hostKey] });
  }

  private all(): Partial<Record<string, string[]>> {
    return this.state.get(key, {});
  }
}
