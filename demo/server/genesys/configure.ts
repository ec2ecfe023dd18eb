import { isObject } from '../http.js';
import type { Conversation } from './conversations.js';
import {
  errorFrame,
  messageFrame,
  sessionFrame,
  signInMessage,
  tooManyRequestsFrame,
  type ClientFrame,
  type ServerFrame,
} from './frames.js';
import type { SessionConnection } from './session-connection.js';

/** Clients compare the begin of these texts to tell "sign in again" from other errors with status 403. */
const refusals = {
  expired: 'Session authentication failed: the token has expired.',
  unknown: 'Try to authenticate again: the token is not valid.',
} as const;

export function configureAsGuest(connection: SessionConnection, frame: ClientFrame): ServerFrame {
  const { conversations, settings, journal } = connection.deployment;
  const refuse = refusing(connection);
  journal.counters.configures++;
  if (frame.token === undefined) return refuse(4020, 'The token is missing.');
  const { authEnabled, allowSessionUpgrade } = settings.server;
  if (authEnabled && !allowSessionUpgrade) return refuse(403, 'This deployment is for signed-in people only.');
  if (conversations.isAuthenticated(frame.token)) {
    return refuse(4017, 'An authenticated session cannot be downgraded to an unauthenticated one.');
  }
  const { conversation, isNew } = conversations.ofGuest(frame.token, frame['startNew'] === true);
  return accept(connection, conversation, isNew, false);
}

export async function configureAsPerson(connection: SessionConnection, frame: ClientFrame): Promise<ServerFrame> {
  const { conversations, logins, settings, journal } = connection.deployment;
  const refuse = refusing(connection);
  journal.counters.configures++;
  if (frame.token === undefined) return refuse(4020, 'The token is missing.');
  const { authEnabled, configureRefusal } = settings.server;
  if (!authEnabled) return refuse(403, 'Authentication is not enabled for this deployment.');
  const verified = await logins.verify(isObject(frame['data']) ? frame['data']['code'] : undefined);
  if ('refusal' in verified) return refuse(configureRefusal, refusals[verified.refusal]);

  const { person } = verified;
  const current = connection.conversation;
  if (current && !current.person) {
    const dropped = conversations.stepUp(current, person, frame.token, connection);
    const message = signInMessage(person);
    current.messages.push(message);
    current.broadcast(messageFrame(message));
    return accept(connection, current, false, dropped);
  }
  const { conversation, isNew } = conversations.ofPerson(person, frame.token, frame['startNew'] === true);
  return accept(connection, conversation, isNew, false);
}

function accept(
  connection: SessionConnection,
  conversation: Conversation,
  isNew: boolean,
  dropped: boolean,
): ServerFrame {
  const { journal, settings } = connection.deployment;
  if (settings.rateLimits && !conversation.configureRate.take()) {
    journal.counters.configuresRefused++;
    return tooManyRequestsFrame(60, 'Too many configurations of this session.');
  }
  connection.enter(conversation);
  const sub = conversation.person?.sub;
  journal.add({ kind: 'configure', outcome: sub === undefined ? 'guest' : 'ok', status: 200, ...(sub && { sub }) });
  return sessionFrame(isNew, dropped);
}

function refusing({ deployment: { journal } }: SessionConnection): (code: number, text: string) => ServerFrame {
  return (code, text) => {
    journal.counters.configuresRefused++;
    journal.add({ kind: 'configure', outcome: 'refused', status: code });
    return errorFrame(code, text);
  };
}
