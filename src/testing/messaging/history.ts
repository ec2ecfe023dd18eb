import type { Runtime } from '../runtime.js';
import type { MessageBody } from './frames.js';

interface MessagePage {
  entities: MessageBody[];
  pageNumber?: number;
  pageCount?: number;
  total?: number;
}

export interface History {
  messages: MessageBody[];
  /** There is nothing older. */
  complete: boolean;
}

const pageSize = 25;

/** One page of the conversation so far, newest page first, for a JWT of the socket's `getJwt`. */
export async function fetchHistoryPage(runtime: Runtime, jwt: string, pageNumber: number): Promise<History> {
  const url = `${runtime.apiOrigin}/api/v2/webmessaging/messages?pageNumber=${pageNumber}&pageSize=${pageSize}`;
  const response = await runtime.transport.fetch(url, { headers: { authorization: `bearer ${jwt}` } });
  if (!response.ok) throw new Error(`The history answered ${response.status}`);
  const page = (await response.json()) as MessagePage;
  return { messages: page.entities, complete: pageNumber >= (page.pageCount ?? 1) };
}
