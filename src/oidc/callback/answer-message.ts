/** What a frame or popup posts to the page that opened it: the parameters of the provider's answer, unchecked. */
export interface AnswerMessage {
  readonly type: typeof answerType;
  /** A cached callback page of before the version was sent leaves it out; its messages are those of version 1. */
  readonly version: typeof answerVersion;
  readonly params: string;
}

export const answerType = 'gc-auth-messenger:answer';

/** Changes when a message means something else than before, because callback page and bundle are cached separately. */
export const answerVersion = 1;

/** On the `<iframe>` element of a silent attempt, so that a page in it knows that nothing may start there. */
export const frameMark = Symbol.for('gc-auth-messenger:frame');

/**
 * The channel of a request. Its name contains the secret state, so no other party can guess it. Undefined where the
 * browser has no channels or refuses them, as in opaque origins and where site data is blocked.
 */
export function openAnswerChannel(state: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(`gc-auth-messenger:${state}`);
  } catch {
    return undefined;
  }
}
