import { randomUUID } from 'node:crypto';
import type { Person } from './logins.js';

/** A frame of a client. Its fields are not validated yet. */
export interface ClientFrame {
  action: string;
  token?: string;
  tracingId?: string;
  [field: string]: unknown;
}

/** https://developer.genesys.cloud/commdigital/digital/webmessaging/websocketapi */
export interface ServerFrame {
  type: 'response' | 'message';
  class: string;
  code: number;
  body: unknown;
  tracingId?: string;
}

export interface Message {
  id: string;
  type: 'Text' | 'Structured' | 'Event';
  direction: 'Inbound' | 'Outbound';
  originatingEntity: 'Human' | 'Bot';
  channel: {
    /** ISO 8601 */
    time: string;
    messageId: string;
    type: 'Private';
    from?: { nickname?: string; firstName?: string; lastName?: string };
    metadata?: unknown;
  };
  text?: string;
  content?: unknown;
  events?: unknown[];
  metadata?: Record<string, unknown>;
}

export const sessionSeconds = 259_200;

export function newMessage(
  fields: Pick<Message, 'type' | 'direction'> & Partial<Message>,
  from?: Message['channel']['from'],
): Message {
  const id = randomUUID();
  return {
    id,
    originatingEntity: 'Human',
    ...fields,
    channel: {
      time: new Date().toISOString(),
      messageId: id,
      type: 'Private',
      ...(from && { from }),
    },
  };
}

export function signInMessage({ givenName, familyName }: Person): Message {
  return newMessage(
    { type: 'Event', direction: 'Inbound', events: [{ eventType: 'Presence', presence: { type: 'SignIn' } }] },
    {
      ...(givenName !== undefined && { firstName: givenName }),
      ...(familyName !== undefined && { lastName: familyName }),
    },
  );
}

export function messageFrame(message: Message): ServerFrame {
  return { type: 'message', class: 'StructuredMessage', code: 200, body: message };
}

/** Errors have the class `string`; the body is the message. */
export function errorFrame(code: number, text: string): ServerFrame {
  return { type: 'response', class: 'string', code, body: text };
}

export function sessionFrame(newSession: boolean, clearedExistingSession: boolean): ServerFrame {
  return {
    type: 'response',
    class: 'SessionResponse',
    code: 200,
    body: {
      connected: true,
      newSession,
      readOnly: false,
      clearedExistingSession,
      maxCustomDataBytes: 2048,
      allowedMedia: { inbound: { fileTypes: [], maxFileSizeKB: 0 } },
      blockedExtensions: [],
      durationSeconds: sessionSeconds,
      expirationDate: Math.floor(Date.now() / 1000) + sessionSeconds,
    },
  };
}

export function jwtFrame(jwt: string, exp: number): ServerFrame {
  return { type: 'response', class: 'JwtResponse', code: 200, body: { jwt, exp } };
}

export function tooManyRequestsFrame(retryAfter: number, errorMessage: string): ServerFrame {
  return {
    type: 'response',
    class: 'TooManyRequestsErrorMessage',
    code: 429,
    body: { retryAfter, errorCode: 4029, errorMessage },
  };
}

export const logoutFrame: ServerFrame = { type: 'message', class: 'LogoutEvent', code: 200, body: {} };

export const sessionClearedFrame: ServerFrame = { type: 'message', class: 'SessionClearedEvent', code: 200, body: {} };

/** @param reason `signedIn`: the person signed in on another connection; absent: cleared, or too many connections */
export function connectionClosedFrame(reason?: 'signedIn'): ServerFrame {
  return { type: 'message', class: 'ConnectionClosedEvent', code: 200, body: reason ? { reason } : {} };
}
