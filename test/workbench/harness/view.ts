import type { Locator, Page } from 'playwright-core';

/** Text is a row's whole label; a pattern is found in the description behind it. */
type RowName = string | RegExp;

/** A tree view of the sidebar. Rows that are out of sight are scrolled to. */
export class View {
  private readonly pane: Locator;
  private readonly rows: Locator;

  constructor(
    private readonly page: Page,
    name: string,
  ) {
    const header = page.locator('.pane-header').and(page.getByLabel(`${name} Section`, { exact: false }));
    this.pane = page.locator('.pane').filter({ has: header });
    this.rows = this.pane.locator('.monaco-list-row[role="treeitem"]');
  }

  /** The line above the tree. */
  async message(): Promise<string> {
    return this.pane.locator('.message').innerText();
  }

  async waitForMessage(text: RegExp, timeoutMs = 30_000): Promise<void> {
    await this.pane.locator('.message').filter({ hasText: text }).waitFor({ timeout: timeoutMs });
  }

  /** Label and description of the rows in sight. */
  async texts(): Promise<string[]> {
    const rows = await this.rows.all();
    const parts = await Promise.all(
      rows.map((row) => row.locator('.label-name, .label-description').allInnerTexts()),
    );
    return parts.map((texts) => texts.join(' '));
  }

  /** The rows in sight. */
  async lines(): Promise<{ label: string; description: string }[]> {
    const all = await this.rows.all();
    const textOf = async (row: Locator, part: string): Promise<string> =>
      (await row.locator(part).allInnerTexts()).join('');
    return Promise.all(
      all.map(async (row) => ({
        label: await textOf(row, '.label-name'),
        description: await textOf(row, '.label-description'),
      })),
    );
  }

  /** A view that is folded away is unfolded. */
  async open(): Promise<void> {
    const header = this.pane.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }

  /** What stands behind the label. */
  async description(label: string): Promise<string> {
    return (await this.row(label)).locator('.label-description').innerText();
  }

  /** Waits until the text behind the label matches. */
  async waitFor(label: string, description: RegExp, timeoutMs = 30_000): Promise<void> {
    const row = await this.row(label, timeoutMs);
    await row
      .filter({ has: this.page.locator('.label-description').getByText(description) })
      .waitFor({ timeout: timeoutMs });
  }

  async expand(name: RowName): Promise<void> {
    const row = await this.row(name);
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.locator('.monaco-tl-twistie').click();
    await row.and(this.page.locator('[aria-expanded="true"]')).waitFor();
  }

  async select(label: string): Promise<void> {
    await (await this.row(label)).locator('.monaco-icon-label').first().click();
  }

  /** Presses a button that stands in the row itself. */
  async pressInline(label: string, name: string): Promise<void> {
    const row = await this.row(label);
    await row.hover();
    await row.getByRole('button', { name, exact: true }).click();
  }

  /** Presses the checkbox and gives its state afterwards. */
  async tick(label: string): Promise<boolean> {
    const checkbox = (await this.row(label)).getByRole('checkbox');
    await checkbox.click();
    return checkbox.isChecked();
  }

  async chooseFromMenu(label: string, item: string): Promise<void> {
    await (await this.row(label)).click({ button: 'right' });
    // VS Code's menus ignore a release of the button that comes at once
    await this.page.waitForTimeout(300);
    await this.page.locator('.monaco-menu').getByRole('menuitem', { name: item, exact: true }).click();
  }

  /** Presses a button of the title: of the view's own, or of the sidebar's when it holds this view alone. */
  async pressTitleButton(name: string): Promise<void> {
    await this.pane.hover();
    await this.page.locator('.part.sidebar').getByRole('button', { name, exact: true }).click();
  }

  /** Waits until no row in sight has this label. */
  async waitUntilGone(label: string): Promise<void> {
    const name = this.page.locator('.label-name').getByText(label, { exact: true });
    await this.rows.filter({ has: name }).first().waitFor({ state: 'detached' });
  }

  /** Waits for the row; where it is out of sight, scrolls from the top until it is in sight. */
  async row(name: RowName, timeoutMs = 30_000): Promise<Locator> {
    const part = this.page.locator(typeof name === 'string' ? '.label-name' : '.label-description');
    const row = this.rows.filter({ has: part.getByText(name, { exact: true }) }).first();
    await this.rows.first().waitFor();
    const deadline = Date.now() + timeoutMs;
    while (!(await this.inSight(row)) && !(await this.scrollTo(row))) {
      if (Date.now() > deadline) throw new Error(`the tree has no row "${String(name)}"`);
      await this.page.waitForTimeout(250);
    }
    return row;
  }

  private async scrollTo(row: Locator): Promise<boolean> {
    await this.pane.locator('.monaco-list').first().hover();
    while (await this.scroll(-2000));
    while (!(await this.inSight(row))) {
      if (!(await this.scroll(200))) return false;
    }
    return true;
  }

  /** False for a row that is not there, and for one that is cut off by the edge of the list. */
  private async inSight(row: Locator): Promise<boolean> {
    const list = await this.pane.locator('.monaco-list').first().boundingBox();
    const box = (await row.isVisible()) ? await row.boundingBox() : null;
    if (list === null || box === null) return false;
    return box.y >= list.y - 1 && box.y + box.height <= list.y + list.height + 1;
  }

  /** Turns the mouse wheel; false when the tree stays where it is. */
  private async scroll(pixels: number): Promise<boolean> {
    const rows = this.pane.locator('.monaco-list-rows').first();
    const before = await rows.getAttribute('style');
    await this.page.mouse.wheel(0, pixels);
    for (let patience = 10; patience > 0; patience -= 1) {
      await this.page.waitForTimeout(50);
      if ((await rows.getAttribute('style')) !== before) return true;
    }
    return false;
  }
}
