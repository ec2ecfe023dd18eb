import { expect } from '@open-wc/testing';
import type { GcAuthError } from '../../src/core/errors.js';
import { clearAway, elementUnderTest, leastAttributes, place, placedWith } from '../support/harness-element.js';
import type { ElementUnderTest } from '../support/harness-element.js';
import { turns } from '../support/turns.js';

afterEach(clearAway);

/** An element whose refusals wait until the test lets them through. */
function holding(under: ElementUnderTest): { under: ElementUnderTest; refuse: () => void } {
  const waiting = new Set<() => void>();
  under.element.whenToRefuse = (_error, refuse) => {
    waiting.add(refuse);
    return () => void waiting.delete(refuse);
  };
  return { under, refuse: () => waiting.forEach((refuse) => refuse()) };
}

const complaints = ({ told }: ElementUnderTest): string[] => told().filter((name) => /error|failed/.test(name));

function withoutAttributes(): ElementUnderTest {
  const under = elementUnderTest();
  for (const name of under.element.getAttributeNames()) under.element.removeAttribute(name);
  return under;
}

describe('attributes that arrive one after the other', () => {
  it('give no error in the task in which the element was placed', async () => {
    const under = withoutAttributes();
    document.body.append(under.element);
    for (const [name, value] of Object.entries(leastAttributes)) {
      await Promise.resolve();
      under.element.setAttribute(name, value);
    }
    await turns(2);
    expect(complaints(under)).to.eql([]);
    expect(under.sessions).to.have.lengthOf(1);
  });

  it('give no error while the element still waits for them, and start once', async () => {
    const { under, refuse } = holding(withoutAttributes());
    const starts: boolean[] = [];
    under.element.whenToStart = ({ attributesArrive }) => {
      starts.push(attributesArrive);
      return () => undefined;
    };
    await place(under);
    for (const [name, value] of Object.entries({ ...leastAttributes, scope: 'openid email' })) {
      expect([complaints(under), under.element.state]).to.eql([[], 'loading']);
      under.element.setAttribute(name, value);
      await turns(1);
    }
    refuse();
    expect(complaints(under)).to.eql([]);
    expect(under.configs.at(-1)!.oidc.scope).to.equal('openid email');
    expect(starts, 'more may follow').to.eql([true, true]);
  });

  it('are an error when the wait is over', async () => {
    const { under, refuse } = holding(withoutAttributes());
    await place(under);
    refuse();
    expect(under.told()).to.eql(['gc-state-change failed', 'gc-error config-invalid']);
  });

  it('let a method reject at once with what is wrong', async () => {
    const { under } = holding(withoutAttributes());
    await place(under);
    const error = await under.element.signIn().then(
      () => undefined,
      (thrown: GcAuthError) => thrown,
    );
    expect(error?.code).to.equal('config-invalid');
    expect(complaints(under)).to.eql([]);
  });

  it('leave no time to one that is signed in: its sign-in has ended', async () => {
    const { under } = holding(elementUnderTest());
    await place(under);
    await under.signedIn();
    under.element.removeAttribute('client-id');
    await turns(1);
    expect(under.told().at(-1)).to.equal('gc-error config-invalid');
    expect(under.element.state).to.equal('failed');
  });
});

describe('one element that replaces another', () => {
  it('is no duplicate while the other one is still there for a moment', async () => {
    const old = await placedWith();
    const { under, refuse } = holding(elementUnderTest());
    await place(under);
    expect([complaints(under), under.sessions]).to.eql([[], []]);
    old.element.remove();
    await turns(1);
    refuse();
    expect(complaints(under)).to.eql([]);
    expect(under.sessions).to.have.lengthOf(1);
  });

  it('is one when the other one stays', async () => {
    await placedWith();
    const { under, refuse } = holding(elementUnderTest());
    await place(under);
    refuse();
    expect(under.told()).to.eql(['gc-state-change failed', 'gc-error duplicate-element']);
  });
});
