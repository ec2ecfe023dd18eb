/** Delay of the bot's replies. */
export const botDelayMs = 150;

const rules: readonly [pattern: RegExp, answer: string][] = [
  [/\b(order|parcel|delivery|shipping)\b/i, 'Your parcel left our warehouse this morning and should arrive tomorrow.'],
  [/\b(return|refund|money back)\b/i, 'Returns are free for 30 days. I have sent a label to your e-mail address.'],
  [
    /\b(human|agent|person|someone)\b/i,
    'My human colleagues are not available right now, so you have to make do with me.',
  ],
  [/\b(thanks|thank you|cheers)\b/i, 'You are welcome!'],
  [/\b(bye|goodbye)\b/i, 'Goodbye, and come back any time.'],
];

export function greeting(firstName: string | undefined): string {
  return firstName === undefined ? 'Hello! How can I help?' : `Hello ${firstName}! How can I help?`;
}

/** Contains `You said: …`, so that tests can match a reply to its message. */
export function reply(text: string, firstName: string | undefined, isFirst: boolean): string {
  const hello = isFirst ? (firstName === undefined ? 'Hello! ' : `Hello ${firstName}! `) : '';
  const answer = rules.find(([pattern]) => pattern.test(text))?.[1];
  return `${hello}You said: ${text}${answer === undefined ? '' : `\n${answer}`}`;
}
