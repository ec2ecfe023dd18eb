/** What the callback page posts: the parameters of the provider's answer, unread. */
export interface AnswerMessage {
  readonly type: typeof answerType;
  readonly params: string;
}

export const answerType = 'gc-auth-messenger:answer';

/** A name that only who knows the request's state can guess. */
export const answerChannel = (state: string): string => `gc-auth-messenger:${state}`;
