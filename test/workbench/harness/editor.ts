import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './quickInput';

/** What the clipboard holds until a copy replaces it; an empty document is never copied. */
const nothingCopied = 'nothing was copied';

/** The active text editor. */
export class Editor {
  private readonly root: Locator;

  constructor(
    private readonly page: Page,
    private readonly quickInput: QuickInput,
  ) {
    this.root = page.locator('.editor-group-container.active .monaco-editor[role="code"]').first();
  }

  /** Waits until the active tab has this name. */
  async waitFor(tab: string | RegExp, timeoutMs = 30_000): Promise<void> {
    const active = this.page.locator('.editor-group-container.active .tab.active');
    await active.filter({ hasText: tab }).waitFor({ timeout: timeoutMs });
    await this.root.waitFor({ timeout: timeoutMs });
  }

  /** The whole text, also of what is scrolled out of sight. */
  async text(): Promise<string> {
    await this.writeClipboard(nothingCopied);
    await this.focus();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Control+C');
    let text = nothingCopied;
    for (let patience = 100; text === nothingCopied && patience > 0; patience -= 1) {
      await this.page.waitForTimeout(20);
      text = await this.page.evaluate('navigator.clipboard.readText()');
    }
    await this.page.keyboard.press('ArrowLeft');
    return text === nothingCopied ? '' : text;
  }

  /** Puts the cursor before the column of the line; both count from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.focus();
    await this.page.keyboard.press('Control+G');
    await this.quickInput.type(`:${line}:${column}`);
    await this.quickInput.accept();
    await this.quickInput.waitUntilClosed();
  }

  /** Inserts by pasting, as typing would indent and close brackets: before the column of the line; both count from 1. */
  async insert(line: number, text: string, column = 1): Promise<void> {
    await this.goTo(line, column);
    await this.writeClipboard(text);
    await this.focus();
    const lines = this.root.locator('.view-lines');
    const before = await lines.innerText();
    await this.page.keyboard.press('Control+V');
    for (let patience = 100; patience > 0 && before === (await lines.innerText()); patience -= 1) {
      await this.page.waitForTimeout(20);
    }
  }

  /** Selects whole lines with the keyboard and deletes them; `line` counts from 1. */
  async deleteLines(line: number, count: number): Promise<void> {
    await this.goTo(line);
    for (let each = 0; each < count; each += 1) await this.page.keyboard.press('Shift+ArrowDown');
    await this.page.keyboard.press('Delete');
  }

  /** Presses the CodeLens with this title: the nth of those in sight, from 0. */
  async pressLens(title: string, nth = 0): Promise<void> {
    await this.root.locator('.codelens-decoration a').getByText(title, { exact: true }).nth(nth).click();
  }

  /** Waits for a CodeLens and gives the titles of those in sight, also of those that do nothing. */
  async lenses(): Promise<string[]> {
    const inSight = this.root.locator('.codelens-decoration:visible');
    await inSight.filter({ hasText: /\S/ }).first().waitFor();
    const texts = await inSight.allInnerTexts();
    return texts.flatMap((text) => text.split('|')).map((title) => title.trim());
  }

  /** Waits until a CodeLens in sight has this title. */
  async waitForLens(title: string, timeoutMs = 30_000): Promise<void> {
    const inSight = this.root.locator('.codelens-decoration:visible');
    await inSight.filter({ hasText: title }).first().waitFor({ timeout: timeoutMs });
  }

  /** The text in sight that is struck out. */
  async struckOut(): Promise<string> {
    const isStruckOut = "(part) => getComputedStyle(part).textDecorationLine === 'line-through'";
    const text = `(parts) => parts.filter(${isStruckOut}).map((part) => part.innerText).join('')`;
    const parts = '[...document.querySelectorAll(".editor-group-container.active .view-line span span")]';
    // each blank is a no-break space
    return (await this.page.evaluate<string>(`(${text})(${parts})`)).replaceAll('\u00a0', ' ');
  }

  /** Saves, and waits until it is saved. */
  async save(): Promise<void> {
    await this.focus();
    await this.page.keyboard.press('Control+S');
    await this.page
      .locator('.editor-group-container.active .tab.active.dirty')
      .waitFor({ state: 'detached' });
  }

  private async writeClipboard(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  }

  private async focus(): Promise<void> {
    await this.root.locator('.native-edit-context, textarea.inputarea').first().focus();
  }
}
