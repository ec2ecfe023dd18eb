import type { MessageBody } from './frames.js';

/** One line of the conversation as the person sees it. */
export interface TranscriptMessage {
  id: string;
  from: 'person' | 'agent';
  text: string;
  /** Epoch milliseconds. */
  time: number;
  /** The id under which the message was sent, when it came from a browser. */
  clientId?: string;
  body: MessageBody;
}

export function isFromPerson(body: MessageBody): boolean {
  return body.direction?.toLowerCase() === 'inbound';
}

/** The conversation, merged by id: live frames, history and repeats after a reconnect say the same things again. */
export class Transcript {
  readonly #messages = new Map<string, TranscriptMessage>();

  get messages(): TranscriptMessage[] {
    return [...this.#messages.values()].sort((a, b) => a.time - b.time);
  }

  /** The messages that were new. Only what has a text is kept. */
  merge(bodies: MessageBody[]): TranscriptMessage[] {
    const added: TranscriptMessage[] = [];
    for (const body of bodies) {
      const id = body.id ?? body.channel?.messageId ?? body.metadata?.customMessageId;
      if (!id || body.text === undefined || this.#messages.has(id)) continue;
      const message: TranscriptMessage = {
        id,
        from: isFromPerson(body) ? 'person' : 'agent',
        text: body.text,
        time: Date.parse(body.channel?.time ?? '') || Date.now(),
        body,
      };
      if (body.metadata?.customMessageId) message.clientId = body.metadata.customMessageId;
      this.#messages.set(id, message);
      added.push(message);
    }
    return added;
  }

  clear(): void {
    this.#messages.clear();
  }
}
