import type { ShopPage } from './shop-page.js';

/** A popup of the page: times in epoch milliseconds of the page's clock. */
export interface RecordedPopup {
  readonly openedAt: number;
  /** Undefined while it is open. */
  readonly closedAt?: number;
}

interface RecordingWindow extends Window {
  recordedPopups: RecordedPopup[];
}

/**
 * For `early`: the page records its popups and when each is closed. A driver cannot tell: it says much later that a
 * window is closed, and one that polls never sees a window that opens and closes within one command.
 */
export const recordPopups = (): void => {
  const recorded: Array<{ openedAt: number; closedAt?: number }> = [];
  Object.assign(window, { recordedPopups: recorded });
  const open = window.open.bind(window);
  window.open = (...args) => {
    const popup = open(...args);
    if (!popup) return popup;
    const entry: (typeof recorded)[number] = { openedAt: Date.now() };
    recorded.push(entry);
    const timer = setInterval(() => {
      if (!popup.closed) return;
      clearInterval(timer);
      entry.closedAt = Date.now();
    }, 20);
    return popup;
  };
};

/** Waits until the page, which runs {@link recordPopups}, has opened its nth popup and that is closed. @returns all */
export async function waitForClosedPopups(shop: ShopPage, count = 1): Promise<readonly RecordedPopup[]> {
  await shop.page.waitForFunction(
    (wanted) =>
      (window as unknown as RecordingWindow).recordedPopups.filter(({ closedAt }) => closedAt !== undefined).length >=
      wanted,
    count,
  );
  return shop.page.evaluate(() => (window as unknown as RecordingWindow).recordedPopups);
}
