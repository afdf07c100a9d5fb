import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Findings } from '../../app/api';
import { readConfigurations } from '../../app/configurations';
import { CancelledError } from '../../model/errors';
import type { Handler, Parts } from '../parts';
import { writeCloud, type CloudSetting } from '../settings';
import { showChecklist } from './checklist';
import { editSetting } from './editCloud';
import { pickOrType, type Choice } from './pickOrType';

type Entry = { readonly cloud: string; readonly region?: string } | 'none';
type Database = { readonly controller: string } | { readonly apiDatabase: string };
/** what the setting says beyond the way to the cloud */
type Use = Readonly<Record<string, unknown>>;

interface Answers {
  readonly openstack?: Entry;
  readonly database?: Database;
  readonly use?: Use;
}

/** A question gives the answers with its own added; undefined goes back. */
type Step = (answers: Answers, title: string, canGoBack: boolean) => Promise<Answers | undefined>;

const example = 'mysql://nova@10.0.0.5:3306/nova_api';

export function addCloud(parts: Parts): Handler {
  return async () => {
    const { zombies, cloudsYamlProblems } = parts;
    const findings = await zombies.findings();
    cloudsYamlProblems.show(findings.problems);
    const taken = zombies.listClouds().map(({ name }) => name);
    const answers = await ask([entry(findings), database(findings), use]);
    await finish(parts, named(answers, taken));
  };
}

async function ask(steps: readonly Step[]): Promise<Answers> {
  const before: Answers[] = [{}];
  for (let index = 0; index < steps.length;) {
    const title = vscode.l10n.t('Add Cloud ({0}/{1})', index + 1, steps.length);
    const answers = await steps[index]?.(before[index] ?? {}, title, index > 0);
    index += answers ? 1 : -1;
    if (answers) before[index] = answers;
  }
  return before[steps.length] ?? {};
}

function entry({ openstack, openstackFile, problems }: Findings): Step {
  return async (answers, title, canGoBack) => {
    const choices: Choice<Entry>[] = [
      ...openstack.flatMap(({ name, regions }) =>
        (regions.length > 0 ? regions : [undefined]).map((region) => ({
          label: name,
          description: region ?? '',
          value: { cloud: name, ...(region === undefined ? {} : { region }) },
        })),
      ),
      { label: `$(circle-slash) ${vscode.l10n.t('Without the OpenStack APIs')}`, value: 'none' },
    ];
    const placeholder =
      firstError(problems) ??
      (openstackFile === undefined
        ? vscode.l10n.t('No clouds.yaml was found; the databases and the hosts are enough')
        : vscode.l10n.t('Which entry of {0} is it?', openstackFile));
    const picked = await pickOrType({ title, placeholder, choices, canGoBack });
    return picked && { ...answers, openstack: picked.value };
  };
}

/** The rest is in the Problems view. */
function firstError(problems: Findings['problems']): string | undefined {
  const [first, ...others] = problems.filter(({ severity }) => severity === 'error');
  if (!first) return undefined;
  const { message, place } = first;
  const text = place ? `${basename(place.file)}:${String(place.line)}: ${message}` : message;
  return others.length === 0
    ? text
    : vscode.l10n.t('{0} ({1} more in the Problems view)', text, others.length);
}

function database({ sshHosts }: Findings): Step {
  return async (answers, title, canGoBack) => {
    const choices = sshHosts.map((name): Choice<Database> => ({ label: name, value: { controller: name } }));
    const placeholder = vscode.l10n.t(
      'SSH name of a controller, whose nova.conf says the rest; or {0}',
      example,
    );
    const picked = await pickOrType({ title, placeholder, choices, typed: databaseOf, canGoBack });
    return picked && { ...answers, database: picked.value };
  };
}

function databaseOf(text: string): { readonly value: Database } | string {
  if (text.includes('://')) {
    return problemOf({ name: 'name', apiDatabase: text }) ?? { value: { apiDatabase: text } };
  }
  const problem = problemOf({ name: 'name', apiDatabase: example, controller: text });
  return problem ?? { value: { controller: text } };
}

const use: Step = async (answers, title, canGoBack) => {
  const { l10n } = vscode;
  const choices: Choice<Use>[] = [
    {
      label: `$(shield) ${l10n.t('Production')}`,
      description: l10n.t('red, and labelled as such wherever it is shown'),
      value: { label: l10n.t('PRODUCTION'), color: 'red' },
    },
    {
      label: `$(eye) ${l10n.t('Look only')}`,
      description: l10n.t('nothing can be run on it'),
      value: { readOnly: true },
    },
    { label: `$(beaker) ${l10n.t('Staging or test')}`, value: { color: 'green' } },
  ];
  const placeholder = l10n.t('What is it used for?');
  const picked = await pickOrType({ title, placeholder, choices, canGoBack });
  return picked && { ...answers, use: picked.value };
};

/** The name is that of the entry, else of the machine; a number keeps it apart from others. */
function named({ openstack, database, use }: Answers, taken: readonly string[]): CloudSetting {
  const machine = database && 'controller' in database ? database.controller : hostIn(database?.apiDatabase);
  const entry = openstack === 'none' ? undefined : openstack;
  const base = entry?.cloud ?? machine;
  let name = base;
  for (let number = 2; taken.includes(name); number += 1) name = `${base}-${String(number)}`;
  return { name, ...use, ...database, ...(entry ? { openstack: entry } : {}) };
}

function hostIn(url = ''): string {
  return /@([^:/]+)/.exec(url)?.[1] ?? 'cloud';
}

/** What could not be learned is asked for: a cloud is not saved without the URL of its API database. */
async function finish({ zombies }: Parts, asked: CloudSetting): Promise<void> {
  try {
    const { wish, setting } = await showChecklist(zombies, asked);
    if (wish === 'save' && problemOf(setting) === undefined) await writeCloud(setting);
    else await editSetting(zombies, setting);
  } catch (error) {
    // The passwords of a cloud that is not kept are forgotten.
    if (CancelledError.is(error)) await zombies.forgetPasswords(asked.name);
    throw error;
  }
}

function problemOf(setting: object): string | undefined {
  return readConfigurations([setting]).problems[0]?.message;
}
