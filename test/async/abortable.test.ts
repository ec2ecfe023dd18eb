import { expect } from '@open-wc/testing';
import { Observable, firstValueFrom, lastValueFrom, of, throwError } from 'rxjs';
import { abortable, firstValue } from '../../src/async/abortable.js';

describe('abortable work', () => {
  it('begins on every subscribe, and not before', async () => {
    let begun = 0;
    const work$ = abortable(() => Promise.resolve(++begun));
    expect(begun).to.equal(0);
    expect(await lastValueFrom(work$)).to.equal(1);
    expect(await lastValueFrom(work$)).to.equal(2);
  });

  it('begins in the very call that subscribes', () => {
    let begun = false;
    abortable(() => Promise.resolve((begun = true))).subscribe();
    expect(begun).to.equal(true);
  });

  it('completes without a value where there is none', async () => {
    const work$ = abortable<never>(() => Promise.resolve(undefined));
    expect(await lastValueFrom(work$, { defaultValue: 'completed' })).to.equal('completed');
  });

  it('errors with what the work rejects with', async () => {
    const failure = new Error('boom');
    const thrown = await firstValueFrom(abortable(() => Promise.reject(failure))).catch((error: unknown) => error);
    expect(thrown).to.equal(failure);
  });

  it('is aborted by whoever gives up, and tells nothing more', async () => {
    const told: unknown[] = [];
    let signal: AbortSignal | undefined;
    const work$ = abortable((given) => {
      signal = given;
      return new Promise((_, reject) => given.addEventListener('abort', () => reject(new Error('aborted'))));
    });
    work$.subscribe({ next: (value) => told.push(value), error: (thrown) => told.push(thrown) }).unsubscribe();
    expect(signal?.aborted).to.equal(true);
    await Promise.resolve();
    expect(told).to.eql([]);
  });
});

describe('the first value', () => {
  const { signal } = new AbortController();

  it('is the first', async () => expect(await firstValue(of('a', 'b'), signal)).to.equal('a'));

  it('is refused as the source errs', async () => {
    const failure = new Error('boom');
    const source$ = throwError(() => failure);
    expect(await firstValue(source$, signal).catch((error: unknown) => error)).to.equal(failure);
  });

  it('is given up with the signal, and the source with it', async () => {
    const controller = new AbortController();
    let given = false;
    const source$ = new Observable<never>(() => () => (given = true));
    const value = firstValue(source$, controller.signal).catch((error: unknown) => error);
    controller.abort('enough');
    expect(await value).to.equal('enough');
    expect(given).to.equal(true);
  });

  it('is not even asked for once the signal has aborted', async () => {
    let subscribed = false;
    const source$ = new Observable<never>(() => void (subscribed = true));
    expect(await firstValue(source$, AbortSignal.abort('before')).catch((error: unknown) => error)).to.equal('before');
    expect(subscribed).to.equal(false);
  });
});
