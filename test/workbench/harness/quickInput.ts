import type { Locator, Page } from 'playwright-core';

/** The input or list that drops from the top of the window. */
export class QuickInput {
  private readonly widget: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget:visible');
  }

  /** The title, prompt or error that it shows. */
  async text(): Promise<string> {
    return this.widget.innerText();
  }

  async waitForText(text: RegExp): Promise<void> {
    await this.widget.filter({ hasText: text }).waitFor();
  }

  async type(text: string): Promise<void> {
    await this.widget.locator('.quick-input-box input').fill(text);
  }

  /** Types on the keyboard, wherever it works: proof that the input has it, and keeps it. */
  async typeOnKeyboard(text: string): Promise<void> {
    await this.widget.locator('.quick-input-box input').waitFor();
    // a tree that is drawn late would take the keyboard now
    await this.page.waitForTimeout(1000);
    await this.page.keyboard.type(text);
  }

  /** What stands in the input. */
  async value(): Promise<string> {
    return this.widget.locator('.quick-input-box input').inputValue();
  }

  /** Picks the one row that has this label and accepts it. */
  async choose(label: string): Promise<void> {
    await this.row(label).click();
  }

  /** Ticks a row of a list where several may be picked. */
  async tick(label: string): Promise<void> {
    await this.row(label).locator('.quick-input-list-checkbox, .monaco-checkbox').first().click();
  }

  /** The labels that are in sight. */
  async labels(): Promise<string[]> {
    return this.widget.locator('.quick-input-list-row .label-name').allInnerTexts();
  }

  async accept(): Promise<void> {
    await this.widget.locator('.quick-input-box input').press('Enter');
  }

  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  private row(label: string): Locator {
    const name = this.page.locator('.label-name').getByText(label, { exact: true });
    return this.widget.locator('.monaco-list-row').filter({ has: name }).first();
  }
}
