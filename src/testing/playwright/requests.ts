/** A request that the kit answered. It has no secrets. */
export interface KitRequest {
  readonly to: 'provider' | 'genesys';
  readonly name:
    | 'discovery'
    | 'authorize'
    | 'end-session'
    | 'script'
    | 'domains'
    | 'config'
    | 'exchange'
    | 'refresh'
    | 'revoke'
    | 'messages'
    | 'socket';
  /** HTTP status. An authorization request that the provider refuses has 200, and `error`. */
  readonly status: number;
  /** Of `authorize`: with `prompt=none`, which shows nothing to the person. */
  readonly silent?: boolean;
  /** Of `authorize`: the OAuth error code. */
  readonly error?: string;
  /** What is wrong with the request, as a sentence: page and kit disagree. */
  readonly problem?: string;
}
