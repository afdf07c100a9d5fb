import type { Locator, Page } from 'playwright-core';

/** The modal dialog. */
export class Dialog {
  private readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  /** Message and detail. */
  async text(): Promise<string> {
    return this.box.locator('.dialog-message-container').innerText();
  }

  async buttons(): Promise<string[]> {
    return this.box.locator('.dialog-buttons .monaco-button').allInnerTexts();
  }

  async press(button: string): Promise<void> {
    // The next dialog may be there before this one was seen to be gone: it is this very box that has to go.
    const shown = await this.box.elementHandle();
    await this.box.locator('.dialog-buttons').getByRole('button', { name: button, exact: true }).click();
    await shown?.waitForElementState('hidden');
  }
}
