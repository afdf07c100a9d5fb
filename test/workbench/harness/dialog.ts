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

  /** Waits for the one that holds this text, and gives message and detail. */
  async waitFor(text: string, timeoutMs = 30_000): Promise<string> {
    await this.box.filter({ hasText: text }).waitFor({ timeout: timeoutMs });
    return this.text();
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
