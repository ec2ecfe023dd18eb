/** What the provider's page in the prompt says. */
export type StorageAccessStatus = 'ready' | 'granted' | 'denied';

const statuses: readonly unknown[] = ['ready', 'granted', 'denied'] satisfies StorageAccessStatus[];

/** `type` of the messages between the element and the provider's page. */
export const storageAccessType = 'gc-auth-messenger:storage-access';

/**
 * Reads `{type: 'gc-auth-messenger:storage-access', status}`, which the provider's page posts: `ready` when its button works, then whether
 * the browser gave it access to its cookies. Undefined for any other message.
 */
export function readStorageAccessMessage(data: unknown): StorageAccessStatus | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, status } = data as { type?: unknown; status?: unknown };
  return type === storageAccessType && statuses.includes(status) ? (status as StorageAccessStatus) : undefined;
}
