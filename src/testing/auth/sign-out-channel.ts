/** Tells the other tabs of this origin that Messenger was signed out; carries nothing else. */
export class SignOutChannel {
  readonly #channel: BroadcastChannel;

  constructor(deploymentId: string, onSignOut: () => void) {
    // Not the storage event of the tokens' keys: a refused refresh removes them too, and that is no sign-out.
    this.#channel = new BroadcastChannel(`_${deploymentId}:auth`);
    this.#channel.addEventListener('message', (event) => {
      if (event.data === 'logged-out') onSignOut();
    });
  }

  announce(): void {
    this.#channel.postMessage('logged-out');
  }

  close(): void {
    this.#channel.close();
  }
}
