import type { Runtime } from '../runtime.js';
import type { MessageBody } from './frames.js';

interface MessagePage {
  entities: MessageBody[];
  pageNumber?: number;
  pageCount?: number;
  total?: number;
}

export interface HistoryPage {
  messages: MessageBody[];
  /** There are no older messages. */
  complete: boolean;
}

const pageSize = 25;

/**
 * One page of the conversation's messages; page 1 has the newest.
 *
 * @param jwt from the socket's action `getJwt`; it is not the Genesys JWT
 */
export async function fetchHistoryPage(runtime: Runtime, jwt: string, pageNumber: number): Promise<HistoryPage> {
  const url = `${runtime.apiOrigin}/api/v2/webmessaging/messages?pageNumber=${pageNumber}&pageSize=${pageSize}`;
  const response = await runtime.transport.fetch(url, { headers: { authorization: `bearer ${jwt}` } });
  if (!response.ok) throw new Error(`The history answered ${response.status}`);
  const page = (await response.json()) as MessagePage;
  return { messages: page.entities, complete: pageNumber >= (page.pageCount ?? 1) };
}
