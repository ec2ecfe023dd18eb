import { expect } from '@open-wc/testing';
import { take } from 'rxjs';
import { Emitter } from '../../src/async/emitter.js';

describe('an emitter', () => {
  it('tells whoever is subscribed, and nobody who left', () => {
    const heard: string[] = [];
    const emitter = new Emitter<number>();
    const one = emitter.subscribe((value) => heard.push(`one ${value}`));
    emitter.next(1);
    emitter.subscribe((value) => heard.push(`two ${value}`));
    emitter.next(2);
    one.unsubscribe();
    emitter.next(3);
    expect(heard).to.eql(['one 1', 'one 2', 'two 2', 'two 3']);
  });

  it('first tells who comes late what holds, if anything does', () => {
    const holds: { now?: string } = {};
    const emitter = new Emitter(() => holds.now);
    const heard: string[] = [];
    emitter.subscribe((value) => heard.push(value));
    expect(heard).to.eql([]);
    holds.now = 'held';
    emitter.pipe(take(1)).subscribe((value) => heard.push(value));
    emitter.next('next');
    expect(heard).to.eql(['held', 'next']);
  });

  it('lets who listens leave, and others come, while it emits', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    const first = emitter.subscribe((value) => {
      first.unsubscribe();
      heard.push(`first ${value}`);
      emitter.subscribe((later) => heard.push(`late ${later}`));
    });
    emitter.subscribe((value) => heard.push(`second ${value}`));
    emitter.next(1);
    emitter.next(2);
    expect(heard).to.eql(['first 1', 'second 1', 'second 2', 'late 2']);
  });

  it('completes', () => {
    const emitter = new Emitter<number>();
    let completed = 0;
    emitter.subscribe({ complete: () => completed++ });
    emitter.complete();
    emitter.next(1);
    expect(completed).to.equal(1);
  });
});
