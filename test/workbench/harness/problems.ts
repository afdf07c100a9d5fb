import type { Locator, Page } from 'playwright-core';

/** What the diagnostics of the active editor say. */
export class Problems {
  private readonly underlined: Locator;

  constructor(private readonly page: Page) {
    this.underlined = page.locator('.editor-group-container.active .squiggly-error');
  }

  /** Waits for an error in sight, goes to it by keyboard, and gives what stands there. */
  async read(): Promise<string> {
    await this.underlined.first().waitFor();
    await this.page.keyboard.press('Alt+F8');
    const widget = this.page.locator('.zone-widget .marker-widget, .marker-widget').first();
    await widget.waitFor();
    const text = await widget.innerText();
    await this.page.keyboard.press('Escape');
    return text;
  }

  /** Waits until no error is in sight. */
  async waitUntilNone(): Promise<void> {
    await this.underlined.first().waitFor({ state: 'detached' });
  }
}
