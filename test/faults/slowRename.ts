import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../cloud/ports';
import type { DemoCloud } from '../cloud/demoCloud';

/** A `mv` on a host that waits in the middle of its work until it is let go. */
export class SlowRename {
  private readonly folder: string;

  constructor(
    private readonly cloud: DemoCloud,
    private readonly host: string,
  ) {
    this.folder = join(cloud.directory, 'hosts', host, 'nova');
  }

  async lay(): Promise<void> {
    const { code, stderr } = await this.cloud.onHost(
      this.host,
      `set -e; cd /var/lib/nova; cp /usr/bin/mv real-mv
cat > slow-mv <<'X'
#!/bin/sh
: > /var/lib/nova/renaming
waited=0
while [ ! -e /var/lib/nova/go ] && [ $waited -lt 100 ]; do sleep 0.1; waited=$((waited + 1)); done
/var/lib/nova/real-mv "$@"
said=$?
: > /var/lib/nova/renamed
exit $said
X
chmod 755 slow-mv; mount --bind slow-mv /usr/bin/mv`,
    );
    if (code !== 0) throw new Error(stderr);
  }

  reached(): Promise<void> {
    return waitFor('the rename', 60, () => Promise.resolve(existsSync(join(this.folder, 'renaming'))));
  }

  /** Resolves when it is done, whoever has stopped waiting for it meanwhile. */
  async letGo(): Promise<void> {
    writeFileSync(join(this.folder, 'go'), '');
    await waitFor('the end of the rename', 30, () =>
      Promise.resolve(existsSync(join(this.folder, 'renamed'))),
    );
  }

  async lift(): Promise<void> {
    await this.cloud.onHost(this.host, 'umount -l /usr/bin/mv');
    for (const name of ['renaming', 'renamed', 'go', 'slow-mv', 'real-mv'])
      rmSync(join(this.folder, name), { force: true });
  }
}
