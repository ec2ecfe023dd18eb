/** Resources of this window that adapters have open. */
export interface Alive {
  readonly frames: number;
  readonly messageListeners: number;
  readonly channels: number;
  readonly timers: number;
}

export interface LeakWatch {
  /** Opened and not closed since the watch started. */
  alive(): Alive;
  end(): void;
}

export const nothing: Alive = { frames: 0, messageListeners: 0, channels: 0, timers: 0 };

/** Counts what the code under test opens and closes, by replacing functions of the platform. RxJS' timers are intervals. */
export function watchLeaks(): LeakWatch {
  const framesBefore = document.querySelectorAll('iframe').length;
  const listeners = new Set<unknown>();
  const channels = new Set<BroadcastChannel>();
  const timers = new Set<unknown>();
  const { addEventListener, removeEventListener, BroadcastChannel: Channel } = window;
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;

  class WatchedChannel extends Channel {
    constructor(name: string) {
      super(name);
      channels.add(this);
    }
    override close(): void {
      channels.delete(this);
      super.close();
    }
  }
  const watched = {
    addEventListener(...args: Parameters<typeof addEventListener>) {
      if (args[0] === 'message') listeners.add(args[1]);
      addEventListener.apply(window, args);
    },
    removeEventListener(...args: Parameters<typeof removeEventListener>) {
      listeners.delete(args[1]);
      removeEventListener.apply(window, args);
    },
    BroadcastChannel: WatchedChannel,
    setTimeout(work: () => void, delay?: number) {
      const id = setTimeout(() => {
        timers.delete(id);
        work();
      }, delay);
      timers.add(id);
      return id;
    },
    clearTimeout(id: number) {
      timers.delete(id);
      clearTimeout(id);
    },
    setInterval(work: () => void, delay?: number) {
      const id = setInterval(work, delay);
      timers.add(id);
      return id;
    },
    clearInterval(id: number) {
      timers.delete(id);
      clearInterval(id);
    },
  };
  const original = {
    ...{ addEventListener, removeEventListener, BroadcastChannel: Channel },
    ...{ setTimeout, clearTimeout, setInterval, clearInterval },
  };
  Object.assign(window, watched);
  return {
    alive: () => ({
      frames: document.querySelectorAll('iframe').length - framesBefore,
      messageListeners: listeners.size,
      channels: channels.size,
      timers: timers.size,
    }),
    end: () => void Object.assign(window, original),
  };
}
