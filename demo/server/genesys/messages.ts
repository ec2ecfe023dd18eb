import { isObject } from '../http.js';
import { botDelayMs, greeting, reply } from './bot.js';
import type { Conversation } from './conversations.js';
import {
  errorFrame,
  messageFrame,
  newMessage,
  sessionClearedFrame,
  tooManyRequestsFrame,
  type ClientFrame,
  type Message,
  type ServerFrame,
} from './frames.js';
import type { SessionConnection } from './session-connection.js';

const longestTextBytes = 4096;
const longestAttributesBytes = 2048;

/** Handles the action `onMessage`. @returns the response to the sender, if any */
export function receiveMessage(
  connection: SessionConnection,
  conversation: Conversation,
  frame: ClientFrame,
): ServerFrame | undefined {
  const message = isObject(frame['message']) ? frame['message'] : {};
  switch (message['type']) {
    case 'Text':
    case 'Structured':
      return receiveText(connection, conversation, frame, message);
    case 'Event':
      return receiveEvent(connection, conversation, message);
    default:
      return errorFrame(400, 'The type of a message is Text, Structured or Event.');
  }
}

function receiveText(
  connection: SessionConnection,
  conversation: Conversation,
  frame: ClientFrame,
  message: Record<string, unknown>,
): ServerFrame | undefined {
  const { deployment } = connection;
  const text = typeof message['text'] === 'string' ? message['text'] : '';
  const metadata = isObject(message['metadata']) ? message['metadata'] : undefined;
  const channelMetadata = isObject(message['channel']) ? message['channel']['metadata'] : undefined;
  if (deployment.settings.rateLimits && !conversation.messageRate.take()) {
    return tooManyRequestsFrame(1, 'Too many messages in this session.');
  }
  if (Buffer.byteLength(text) > longestTextBytes) return errorFrame(4011, 'The message is too long.');
  if (Buffer.byteLength(JSON.stringify(channelMetadata ?? {})) > longestAttributesBytes) {
    return errorFrame(4013, 'The custom attributes are too large.');
  }

  const known = conversation.findByClientId(metadata?.['customMessageId']);
  if (known) return messageFrame(known);

  const isFirst = !conversation.messages.some(({ type }) => type !== 'Event');
  const received: Message = newMessage(
    {
      type: message['type'] === 'Structured' ? 'Structured' : 'Text',
      direction: 'Inbound',
      text,
      ...(metadata && { metadata }),
      ...(message['content'] !== undefined && { content: message['content'] }),
    },
    sender(conversation),
  );
  if (channelMetadata !== undefined) received.channel.metadata = channelMetadata;
  deployment.journal.counters.messages++;
  const sub = conversation.person?.sub;
  deployment.journal.add({ kind: 'message', outcome: 'ok', status: 200, ...(sub !== undefined && { sub }) });
  conversation.messages.push(received);
  conversation.broadcast(
    frame.tracingId === undefined ? messageFrame(received) : { ...messageFrame(received), tracingId: frame.tracingId },
  );
  answerByBot(connection, conversation, reply(text, conversation.person?.givenName, isFirst));
  return undefined;
}

function receiveEvent(
  connection: SessionConnection,
  conversation: Conversation,
  message: Record<string, unknown>,
): ServerFrame | undefined {
  switch (presenceOf(message)) {
    case 'Join':
      if (conversation.messages.length === 0) {
        answerByBot(connection, conversation, greeting(conversation.person?.givenName));
      }
      return undefined;
    case 'Clear':
      connection.deployment.conversations.forget(conversation);
      conversation.broadcast(sessionClearedFrame);
      conversation.dismissOthers(connection);
      connection.leave();
      return undefined;
    default:
      // Other events, for example Typing, have no effect: there is no agent.
      return undefined;
  }
}

function presenceOf(message: Record<string, unknown>): unknown {
  const events: unknown[] = Array.isArray(message['events']) ? message['events'] : [];
  const presence = events.map((event) => (isObject(event) ? event['presence'] : undefined)).find(isObject);
  return presence?.['type'];
}

function answerByBot(connection: SessionConnection, conversation: Conversation, text: string): void {
  setTimeout(() => {
    const message = newMessage(
      { type: 'Text', direction: 'Outbound', originatingEntity: 'Bot', text },
      { nickname: 'Fern' },
    );
    conversation.messages.push(message);
    conversation.broadcast(messageFrame(message));
  }, botDelayMs + connection.deployment.settings.server.latencyMs).unref();
}

function sender({ person }: Conversation): Message['channel']['from'] {
  if (!person) return undefined;
  const { givenName, familyName } = person;
  return {
    ...(givenName !== undefined && { firstName: givenName }),
    ...(familyName !== undefined && { lastName: familyName }),
  };
}
