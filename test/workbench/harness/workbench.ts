import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startChromium } from '../../setup/chromium';
import { local } from '../../setup/places.mjs';
import { installExtension, installOf, startServer, type Which } from '../../setup/vscodeServer';
import { Dialog } from './dialog';
import { Editor } from './editor';
import { Notifications } from './notifications';
import { Preview } from './preview';
import { Problems } from './problems';
import { QuickInput } from './quickInput';
import { View } from './view';

export interface WorkbenchOptions {
  /** Packaged extensions to install. */
  readonly vsix: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder that is opened; default an empty one. */
  readonly folder?: string;
  readonly which?: Which;
}

/** VS Code's window in a browser, with what a user does to it. */
export class Workbench {
  readonly quickInput: QuickInput;
  readonly dialog: Dialog;
  readonly notifications: Notifications;
  readonly editor: Editor;
  readonly problems: Problems;
  readonly preview: Preview;

  constructor(
    readonly page: Page,
    /** The folder that is open. */
    readonly folder: string,
    /** Where VS Code keeps its state. */
    readonly dataFolder: string,
    readonly stop: () => Promise<void>,
  ) {
    this.quickInput = new QuickInput(page);
    this.dialog = new Dialog(page);
    this.notifications = new Notifications(page);
    this.editor = new Editor(page, this.quickInput);
    this.problems = new Problems(page);
    this.preview = new Preview(page);
  }

  /** Runs a command by the title that the palette shows. */
  async run(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.type(`>${title}`);
    await this.quickInput.choose(title);
  }

  /** Opens a container of the activity bar, and gives one of its views. */
  async openView(container: string, view: string): Promise<View> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: container });
    const header = this.page.locator('.part.sidebar .pane-header').first();
    const isOpen = async (): Promise<boolean> =>
      (await tab.getAttribute('aria-selected')) === 'true' && (await header.isVisible());
    // a window that is just opened may show the sidebar by itself, and a press would close it then
    for (let patience = 5; patience > 0 && !(await isOpen()); patience -= 1) {
      await this.page.waitForTimeout(500);
      if (await isOpen()) break;
      await tab.click();
      await this.page.waitForTimeout(500);
    }
    return new View(this.page, view);
  }

  /** The number on a container of the activity bar. */
  async badge(container: string): Promise<string> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: container });
    return tab.locator('xpath=ancestor-or-self::li').locator('.badge-content').innerText();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await isThere(this.page);
  }

  /** Writes .local/screenshots/<name>.png. */
  async screenshot(name: string): Promise<void> {
    await mkdir(local('screenshots'), { recursive: true });
    await this.page.screenshot({ path: local('screenshots', `${name}.png`) });
  }
}

async function isThere(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
}

/** A tree's sticky parents would be found as rows a second time. */
const onlyTrueRows = { 'workbench.tree.enableStickyScroll': false };

/** Starts a VS Code of its own and opens it in Chromium. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const place = await mkdtemp(join(tmpdir(), 'openstack-zombies-workbench-'));
  const dataFolder = join(place, 'vscode');
  const folder = options.folder ?? join(place, 'folder');
  await mkdir(folder, { recursive: true });
  const install = installOf(options.which ?? 'newest');
  for (const vsix of options.vsix) await installExtension(install, dataFolder, vsix);
  const settings = { ...onlyTrueRows, ...options.settings };
  const server = await startServer({ install, dataFolder, settings });
  const browser = await startChromium();
  const stop = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    await rm(place, { recursive: true, force: true });
  };
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${server.port}/?folder=${encodeURIComponent(folder)}`);
    await isThere(page);
    return new Workbench(page, folder, dataFolder, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}
