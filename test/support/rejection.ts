import { expect } from '@open-wc/testing';

/** What the promise rejects with; fails when it resolves. */
export const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('did not reject'),
    (reason: unknown) => reason,
  );
