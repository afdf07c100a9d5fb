import type { Locator, Page } from 'playwright-core';

/** The rendered Markdown of the active tab. */
export class Preview {
  private readonly body: Locator;

  constructor(page: Page) {
    const frame = page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
    this.body = frame.locator('body');
  }

  /** Waits for a heading that holds this text, and gives the whole text. */
  async waitFor(heading: string, timeoutMs = 30_000): Promise<string> {
    await this.body.getByRole('heading', { name: heading }).first().waitFor({ timeout: timeoutMs });
    return this.body.innerText();
  }
}
