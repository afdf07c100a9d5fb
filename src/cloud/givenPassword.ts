import type { DatabaseConfiguration } from './configuration';
import type { DatabaseAddress } from './database/databaseUrl';
import { readOptionFile } from './discovery/optionFile';
import { runPasswordCommand } from './discovery/passwordCommand';
import { expandHome } from './home';

/** The password that a command or an option file of this machine gives; nobody is asked and nothing is stored. */
export async function givenPassword(
  { passwordCommand, optionFile }: DatabaseConfiguration,
  { user, host, port, schema }: DatabaseAddress,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (passwordCommand) {
    const words: Readonly<Record<string, string>> = { user, host, port: String(port), schema };
    const command = passwordCommand.map((text) =>
      text.replace(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole),
    );
    return runPasswordCommand(command, signal ? { signal } : {});
  }
  if (optionFile === undefined) return undefined;
  const login = await readOptionFile(expandHome(optionFile));
  return login.user === undefined || login.user === user ? login.password : undefined;
}
