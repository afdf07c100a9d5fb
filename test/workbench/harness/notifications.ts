import type { Locator, Page } from 'playwright-core';

/** The toasts in the lower right corner. */
export class Notifications {
  private readonly toasts: Locator;

  constructor(page: Page) {
    this.toasts = page.locator('.notifications-toasts .notification-list-item');
  }

  async texts(): Promise<string[]> {
    return this.toasts.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Waits for the one that holds this text, and gives its whole text. */
  async waitFor(text: string, timeoutMs = 30_000): Promise<string> {
    const toast = this.toast(text);
    await toast.waitFor({ timeout: timeoutMs });
    return toast.locator('.notification-list-item-message').innerText();
  }

  async press(text: string, button: string): Promise<void> {
    await this.toast(text).getByRole('button', { name: button, exact: true }).click();
  }

  private toast(text: string): Locator {
    return this.toasts.filter({ hasText: text }).first();
  }
}
