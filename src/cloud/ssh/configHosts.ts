import { homedir } from 'node:os';
import { globFiles } from './configGlob';
import { readConfigFile, usualConfigFile } from './configReader';
import { argumentsOf, configLines } from './configSyntax';

const mostFiles = 64;

/** The names in ~/.ssh/config, and in what it includes, that stand for one host each, in their order. */
export async function configHosts(home = homedir()): Promise<string[]> {
  const names = new Set<string>();
  const files = [usualConfigFile.replace(/^~(?=\/)/, home)];
  for (let at = 0; at < Math.min(files.length, mostFiles); at++) {
    const file = files[at] ?? '';
    for (const line of configLines(await readConfigFile(file, true), file)) {
      if (line.keyword === 'host') {
        for (const name of argumentsOf(line).filter((each) => !/[*?!]/.test(each))) names.add(name);
      } else if (line.keyword === 'include') {
        for (const path of argumentsOf(line)) files.push(...(await globFiles(absolute(path, home))));
      }
    }
  }
  return [...names];
}

function absolute(path: string, home: string): string {
  if (path.startsWith('~/')) return home + path.slice(1);
  return path.startsWith('/') ? path : `${home}/.ssh/${path}`;
}
