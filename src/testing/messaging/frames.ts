/** A message, on the socket and in the history. */
export interface MessageBody {
  id?: string;
  type?: 'Text' | 'Structured' | 'Event' | (string & {});
  text?: string;
  /** `Inbound` for a message from the person. In the history it can be lower case. */
  direction?: string;
  originatingEntity?: 'Human' | 'Bot' | (string & {});
  channel?: { time?: string; messageId?: string; from?: { nickname?: string; firstName?: string; lastName?: string } };
  metadata?: { customMessageId?: string };
  events?: MessagingEvent[];
}

export interface MessagingEvent {
  eventType?: 'Presence' | 'Typing' | (string & {});
  presence?: { type?: 'Join' | 'Disconnect' | 'Clear' | 'SignIn' | (string & {}) };
  typing?: { type?: 'On' | 'Off' | (string & {}); duration?: number };
}

export interface SessionBody {
  connected?: boolean;
  newSession?: boolean;
  readOnly?: boolean;
  clearedExistingSession?: boolean;
  durationSeconds?: number;
  /** Seconds since the epoch. */
  expirationDate?: number;
}

/** A frame from the server. */
export interface ServerFrame {
  type?: 'response' | 'message';
  class: string;
  code: number;
  body: unknown;
  tracingId?: string;
}

/** A frame from the browser. `Session` adds the session token. */
export interface ClientFrame {
  action: 'configureSession' | 'configureAuthenticatedSession' | 'onMessage' | 'getJwt' | 'closeSession' | 'echo';
  tracingId?: string;
  [member: string]: unknown;
}

export function parseFrame(data: unknown): ServerFrame | undefined {
  try {
    const frame = JSON.parse(String(data)) as Partial<ServerFrame> | null;
    return typeof frame?.class === 'string' ? { code: 200, body: {}, ...frame, class: frame.class } : undefined;
  } catch {
    return undefined;
  }
}

export function presenceMessage(type: 'Join' | 'Clear'): ClientFrame {
  return {
    action: 'onMessage',
    message: { type: 'Event', events: [{ eventType: 'Presence', presence: { type } }] },
  };
}

export function typingMessage(): ClientFrame {
  return {
    action: 'onMessage',
    message: { type: 'Event', events: [{ eventType: 'Typing', typing: { type: 'On' } }] },
  };
}

/** @param id returned by the server with its response, and stored in the history as the message's own ID */
export function textMessage(id: string, text: string, customAttributes?: Record<string, string>): ClientFrame {
  const channel = customAttributes && { metadata: { customAttributes } };
  const message = { type: 'Text', text, metadata: { customMessageId: id } };
  return { action: 'onMessage', tracingId: id, message: channel ? { ...message, channel } : message };
}
