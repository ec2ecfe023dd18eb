import type { MessageBody } from './frames.js';

/** A message in the transcript. */
export interface TranscriptMessage {
  id: string;
  from: 'person' | 'agent';
  text: string;
  /** Epoch milliseconds. */
  time: number;
  /** The ID that the browser created when it sent the message; absent for an agent's message. */
  clientId?: string;
  body: MessageBody;
}

export function isFromPerson(body: MessageBody): boolean {
  return body.direction?.toLowerCase() === 'inbound';
}

/** All messages of the conversation, each once: frames, history and repeats after a reconnect overlap. */
export class Transcript {
  readonly #messages = new Map<string, TranscriptMessage>();

  get messages(): TranscriptMessage[] {
    return [...this.#messages.values()].sort((a, b) => a.time - b.time);
  }

  /** Adds messages that have a text. @returns those that are new */
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
