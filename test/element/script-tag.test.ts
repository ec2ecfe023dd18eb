import { expect } from '@open-wc/testing';
import '../../src/define.js';
import type { GcAuthMessenger } from '../../src/element/gc-auth-messenger.js';
import { mountByScriptTag } from '../../src/element/script-tag.js';
import type { MountCallback } from '../../src/element/script-tag.js';
import { documentWith, windowWith } from '../support/window-with.js';

/** A page with its own markup, and the script tag that loads the bundle. */
function pageWith(scriptAttributes: string, body = '', changes: object = {}) {
  const own = document.implementation.createHTMLDocument('');
  own.body.innerHTML = `<script src="/gc-auth-messenger.iife.js" ${scriptAttributes}></script>${body}`;
  const script = own.querySelector('script');
  const page = {
    currentScript: script,
    body: own.body,
    readyState: 'complete',
    querySelectorAll: own.querySelectorAll.bind(own),
    // Its elements stay undefined: that document has no window.
    createElement: own.createElement.bind(own),
    ...changes,
  };
  const win = windowWith({ document: documentWith(page) });
  return { own, win, elements: () => [...own.querySelectorAll<GcAuthMessenger>('gc-auth-messenger')] };
}

const attributesOf = (element: Element): Record<string, string> =>
  Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));

afterEach(() => {
  delete (window as { gcAuthMessenger?: unknown }).gcAuthMessenger;
});

const full = 'data-deployment-id="d" data-environment="prod" data-authority="https://a.example" data-client-id="c"';

describe('mountByScriptTag()', () => {
  it('makes an element of the script tag, at the end of the body', () => {
    const { own, win, elements } = pageWith(`${full} data-sign-in-modes="silent" data-debug id="x"`, '<p>Text</p>');
    mountByScriptTag(win);
    expect(elements().map(attributesOf)).to.eql([
      {
        'deployment-id': 'd',
        environment: 'prod',
        authority: 'https://a.example',
        'client-id': 'c',
        'sign-in-modes': 'silent',
        debug: '',
      },
    ]);
    expect(own.body.lastElementChild).to.equal(elements()[0]);
  });

  it('passes on attributes of the element alone, so that no markup becomes an event handler', () => {
    const hostile =
      'data-onmouseover="window.hacked=1" data-onclick="window.hacked=1" data-style="position:fixed;inset:0" data-="x" ' +
      'data-slot="s" data-popover data-is="x" data-autofocus data-tabindex="1" data-xmlns="y" data-%="z"';
    const { win, elements } = pageWith(
      `${full} data-mount`,
      `<div data-gc-auth-messenger data-lang="de" ${hostile}></div>`,
    );
    mountByScriptTag(win);
    expect(elements().map((element) => element.getAttributeNames().sort())).to.eql([
      ['authority', 'client-id', 'deployment-id', 'environment', 'lang'],
    ]);
  });

  it('makes one even where the tag lacks a required attribute, so that the element says so', () => {
    const { win, elements } = pageWith('data-authority="https://a.example"');
    mountByScriptTag(win);
    expect(elements().length).to.equal(1);
  });

  it('makes none of a script tag without attributes of the element', () => {
    const { win, elements } = pageWith(
      'data-cfasync="false"',
      '<div data-gc-auth-messenger data-deployment-id="d"></div>',
    );
    mountByScriptTag(win);
    expect(elements()).to.eql([]);
  });

  it('waits for the body', () => {
    const { own, elements } = pageWith(full);
    let body: HTMLElement | null = null;
    const waiting: Array<() => void> = [];
    const document = documentWith({
      currentScript: own.querySelector('script'),
      get body() {
        return body;
      },
      readyState: 'loading',
      querySelectorAll: own.querySelectorAll.bind(own),
      createElement: own.createElement.bind(own),
      addEventListener: (_: string, listener: () => void) => waiting.push(listener),
    });
    mountByScriptTag(windowWith({ document }));
    expect(elements()).to.eql([]);
    body = own.body;
    waiting.forEach((listener) => listener());
    expect(elements().length).to.equal(1);
  });

  it('with data-mount, makes one in each placeholder, and what the script tag says wins', () => {
    const { own, win, elements } = pageWith(
      'data-mount data-authority="https://a.example"',
      `<div data-gc-auth-messenger data-deployment-id="d" data-authority="https://evil.example"></div>
       <span data-gc-auth-messenger data-deployment-id="e"></span>`,
    );
    mountByScriptTag(win);
    expect(elements().map(attributesOf)).to.eql([{ 'deployment-id': 'd', authority: 'https://a.example' }]);
    expect(own.querySelector('div')!.firstElementChild).to.equal(elements()[0]);
  });

  it('with data-mount and no placeholder, makes one of the script tag', () => {
    const { win, elements } = pageWith(`data-mount ${full}`);
    mountByScriptTag(win);
    expect(elements().length).to.equal(1);
    const without = pageWith('data-mount');
    delete (window as { gcAuthMessenger?: unknown }).gcAuthMessenger;
    mountByScriptTag(without.win);
    expect(without.elements()).to.eql([]);
  });

  it('finds its tag where an optimiser runs the bundle from another script', () => {
    const { win, elements } = pageWith(full, '', { currentScript: null });
    mountByScriptTag(win);
    expect(elements().length).to.equal(1);
  });

  it('has run once its entry is loaded', async () => {
    await import('../../src/mount.js');
    const called: string[] = [];
    window.gcAuthMessenger!.push(({ localName }) => called.push(localName));
    expect(called).to.eql([]);
    expect(Array.isArray(window.gcAuthMessenger)).to.equal(false);
  });

  it('calls the functions of the queue with each element, those from before and those from after', () => {
    const called: string[] = [];
    const named =
      (name: string): MountCallback =>
      ({ localName }) =>
        called.push(`${name} ${localName}`);
    window.gcAuthMessenger = [named('before')];
    const { win } = pageWith(full);
    mountByScriptTag(win);
    expect(called).to.eql(['before gc-auth-messenger']);
    window.gcAuthMessenger.push(named('after'));
    expect(called).to.eql(['before gc-auth-messenger', 'after gc-auth-messenger']);
  });
});
