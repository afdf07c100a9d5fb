import assert from 'node:assert/strict';
import type { CloudAccess } from '../../../src/cloud/access';
import { createCloudAccess } from '../../../src/cloud/createCloudAccess';
import { readConfigurations } from '../../../src/cloud/readConfigurations';
import type { PasswordQuestion } from '../../../src/model/ports';
import type { SshServer } from './ssh/sshServer';

/** The cloud `prod-eu` and what it asked, kept and logged. */
export interface Doors {
  readonly access: CloudAccess;
  readonly questions: PasswordQuestion[];
  readonly secrets: Map<string, string>;
  readonly log: string[];
}

/** @param passwordOf what somebody answers who is asked for the password of an account */
export function openDoors(
  { user, port, keyFile }: SshServer,
  settings: Readonly<Record<string, unknown>>,
  passwordOf: (account: string) => string,
): Doors {
  const ssh = { user, port, keyFile, knownHostsFile: '/dev/null', configFile: 'none' };
  const { clouds, problems } = readConfigurations([{ name: 'prod-eu', ssh, ...settings }]);
  const configuration = clouds[0] ?? assert.fail(JSON.stringify(problems));
  const questions: PasswordQuestion[] = [];
  const secrets = new Map<string, string>();
  const log: string[] = [];
  const keys = new Map<string, string[]>();
  const write = (line: string): void => void log.push(line);
  const access = createCloudAccess({
    clock: { now: () => new Date() },
    configuration,
    secrets: {
      get: (key) => Promise.resolve(secrets.get(key)),
      store: (key, value) => Promise.resolve(void secrets.set(key, value)),
      delete: (key) => Promise.resolve(void secrets.delete(key)),
    },
    prompts: {
      trustHostKey: () => Promise.resolve(true),
      password: (question) => {
        questions.push(question);
        return Promise.resolve(passwordOf(question.account));
      },
    },
    hostKeys: {
      get: (name) => keys.get(name) ?? [],
      add: (name, key) => Promise.resolve(void keys.set(name, [key])),
    },
    logger: { debug: write, info: write, warn: write, error: write },
  });
  return { access, questions, secrets, log };
}
