/**
 * What a subscriber receives. A replay of a republished event has no `eventName`, so only `event`
 * and `data` can be relied on.
 */
export interface Envelope {
  /** Epoch milliseconds. */
  time: number;
  publisher: string;
  /** Full name, `Plugin.event`. */
  event: string;
  eventName?: string;
  /** `{}` when the publisher gave none. */
  data: unknown;
}

export type Subscriber = (envelope: Envelope) => void;

/** What a registered command receives. Exactly one of `resolve` and `reject` is to be called, once. */
export interface CommandCall {
  /** The caller's options; `undefined` when it gave none. */
  data: unknown;
  commandName: string;
  caller: string;
  /** Epoch milliseconds. */
  time: number;
  resolve: (value?: unknown) => void;
  reject: (reason?: unknown) => void;
}

/** May be async; what it returns is not looked at. */
export type CommandHandler = (call: CommandCall) => unknown;
