/**
 * The argument of an event's subscriber. A replayed event has no `eventName`, so rely on
 * `event` and `data` only.
 */
export interface BusEvent {
  /** Epoch milliseconds. */
  time: number;
  publisher: string;
  /** Full name, `Plugin.event`. */
  event: string;
  eventName?: string;
  /** `{}` when the publisher passed no data. */
  data: unknown;
}

export type Subscriber = (event: BusEvent) => void;

/** The argument of a command's handler, which calls either `resolve` or `reject`, once. */
export interface CommandCall {
  /** The caller's options; `undefined` when it passed none. */
  data: unknown;
  commandName: string;
  caller: string;
  /** Epoch milliseconds. */
  time: number;
  resolve: (value?: unknown) => void;
  reject: (reason?: unknown) => void;
}

/** May be async; its return value is ignored. */
export type CommandHandler = (call: CommandCall) => unknown;
