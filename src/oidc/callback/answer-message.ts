/** What a frame or popup posts to the page that opened it: the parameters of the provider's answer, unchecked. */
export interface AnswerMessage {
  readonly type: typeof answerType;
  readonly params: string;
}

export const answerType = 'gc-auth-messenger:answer';

/** Name of a BroadcastChannel. It contains the secret state, so no other party can guess it. */
export const answerChannel = (state: string): string => `gc-auth-messenger:${state}`;
