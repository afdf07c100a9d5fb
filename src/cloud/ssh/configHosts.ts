import { homedir } from 'node:os';
import { OperatorError } from '../../model/errors';
import { globFiles } from './configGlob';
import { readConfigFile, usualConfigFile } from './configReader';
import { argumentsOf, configLines } from './configSyntax';
import { matchesAny } from './patterns';

const mostFiles = 64;

/** The names in ~/.ssh/config, and in what it includes, that stand for one host each, in their order. */
export async function configHosts(home = homedir()): Promise<string[]> {
  const lines = await hostLines(expandHome(usualConfigFile, home), home, `${home}/.ssh`);
  return [...new Set(lines.flat().filter((name) => !/[*?!]/.test(name)))];
}

/**
 * Tells whether a Host block of the SSH configuration speaks of a host by name, as `compute-01` and `compute-*` do and
 * `*` does not: then that name is what ssh(1) gets. A block inside a file that another block includes counts as well.
 * What cannot be read has no such block; a login says what is wrong with it.
 */
export async function readNamedHosts(
  configFile: string,
  home = homedir(),
): Promise<(host: string) => boolean> {
  if (configFile.toLowerCase() === 'none') return () => false;
  const own = await linesOrNone(expandHome(configFile, home), home, `${home}/.ssh`);
  // as -F in ssh(1): the system's file goes with the usual one alone
  const system =
    configFile === usualConfigFile ? await linesOrNone('/etc/ssh/ssh_config', home, '/etc/ssh') : [];
  const lines = [...own, ...system];
  const literal = new Set(lines.filter((patterns) => !patterns.some((each) => /[*?!]/.test(each))).flat());
  const others = lines.filter(
    (patterns) => patterns.some((each) => /[*?!]/.test(each)) && patterns.some(isOfSomeHosts),
  );
  return (host) =>
    literal.has(host) ||
    others.some(
      (patterns) => matchesAny([host], patterns) && matchesAny([host], patterns.filter(isOfSomeHosts)),
    );
}

function isOfSomeHosts(pattern: string): boolean {
  return !pattern.startsWith('!') && /[^*?.]/.test(pattern);
}

async function linesOrNone(file: string, home: string, folder: string): Promise<string[][]> {
  try {
    return await hostLines(file, home, folder);
  } catch (error) {
    if (OperatorError.is(error)) return [];
    throw error;
  }
}

/** The patterns of every Host line in a file and in what it includes. */
async function hostLines(file: string, home: string, folder: string): Promise<string[][]> {
  const found: string[][] = [];
  const files = [file];
  for (let at = 0; at < Math.min(files.length, mostFiles); at++) {
    const each = files[at] ?? '';
    for (const line of configLines(await readConfigFile(each, true), each)) {
      if (line.keyword === 'host') {
        found.push(argumentsOf(line));
      } else if (line.keyword === 'include') {
        for (const path of argumentsOf(line)) {
          const included = expandHome(path, home);
          files.push(...(await globFiles(included.startsWith('/') ? included : `${folder}/${included}`)));
        }
      }
    }
  }
  return found;
}

function expandHome(path: string, home: string): string {
  return path.replace(/^~(?=\/)/, home);
}
