import { expect } from '@open-wc/testing';
import {
  directiveFor,
  parsedScriptAllowed,
  parseMetaPolicies,
  parsePolicies,
  scriptAllowed,
  sourcesAllow,
} from '../../src/doctor/csp-match.js';

const page = 'https://www.example.com';
const script = 'https://apps.mypurecloud.ie/genesys-bootstrap/genesys.min.js';

describe('sourcesAllow()', () => {
  const rows: ReadonlyArray<readonly [sources: string, url: string, allowed: boolean]> = [
    ['', script, false],
    ["'none'", script, false],
    ['*', script, true],
    ['*', 'wss://webmessaging.mypurecloud.ie', true],
    ['*', 'data:', false],
    ['data:', 'data:', true],
    ['https:', script, true],
    ['http:', script, true],
    ['https:', 'wss://webmessaging.mypurecloud.ie', false],
    ['wss:', 'wss://webmessaging.mypurecloud.ie', true],
    ['ws:', 'wss://webmessaging.mypurecloud.ie', true],
    ["'self'", page, true],
    ["'SELF'", `${page}/a.js`, true],
    ["'self'", script, false],
    ['https://apps.mypurecloud.ie', script, true],
    ['HTTPS://APPS.MYPURECLOUD.IE', script, true],
    ['http://apps.mypurecloud.ie', script, true],
    ['apps.mypurecloud.ie', script, true],
    ['webmessaging.mypurecloud.ie', 'wss://webmessaging.mypurecloud.ie', true],
    ['https://apps.mypurecloud.ie:443', script, true],
    ['https://apps.mypurecloud.ie:8443', script, false],
    ['https://apps.mypurecloud.ie:*', script, true],
    ['*.mypurecloud.ie', script, true],
    ['https://*.mypurecloud.ie', script, true],
    ['*.mypurecloud.ie', 'https://mypurecloud.ie', false],
    ['*.purecloud.ie', script, false],
    ['https://apps.mypurecloud.ie/genesys-bootstrap/', script, true],
    ['https://apps.mypurecloud.ie/other/', script, false],
    ['https://apps.mypurecloud.ie/genesys-bootstrap/genesys.min.js', script, true],
    ['https://apps.mypurecloud.ie/genesys-bootstrap', script, false],
    ['https://apps.mypurecloud.ie/messenger/', 'https://apps.mypurecloud.ie', true],
    ['https://apps.mypurecloud.com', script, false],
    ["'unsafe-inline' 'unsafe-eval' https://cdn.example", script, false],
    ['http://localhost:3000', 'http://localhost:3000', true],
    ['http://localhost:3000', 'http://localhost:3001', false],
  ];
  for (const [sources, url, allowed] of rows) {
    it(`“${sources}” ${allowed ? 'allows' : 'refuses'} ${url}`, () => {
      expect(sourcesAllow(sources.split(' '), url, page)).to.equal(allowed);
    });
  }
});

describe('scriptAllowed()', () => {
  const rows: ReadonlyArray<readonly [sources: string, nonce: string | undefined, allowed: boolean]> = [
    ["'nonce-abc'", 'abc', true],
    ["'nonce-abc'", 'abd', false],
    ["'nonce-abc'", undefined, false],
    ["'nonce-abc' 'strict-dynamic'", undefined, true],
    ["'sha256-AAAA' 'strict-dynamic'", undefined, true],
    ["'sha256-AAAA'", undefined, false],
    ["'strict-dynamic' https://apps.mypurecloud.ie", undefined, false],
    ["'self' https://apps.mypurecloud.ie", undefined, true],
  ];
  for (const [sources, nonce, allowed] of rows) {
    it(`“${sources}” ${allowed ? 'allows' : 'refuses'} the Messenger script with the nonce ${String(nonce)}`, () => {
      const use = nonce === undefined ? undefined : { value: nonce };
      expect(scriptAllowed(sources.split(' '), script, page, use)).to.equal(allowed);
    });
  }
});

describe('parsedScriptAllowed()', () => {
  const rows: ReadonlyArray<readonly [sources: string, tag: object, allowed: boolean]> = [
    ["'self'", {}, false],
    ['https://apps.mypurecloud.ie', {}, true],
    ["'nonce-abc'", { nonce: 'abc' }, true],
    ["'nonce-abc'", { nonce: 'abd' }, false],
    ["'nonce-' https:", { nonce: '' }, true],
    ["'nonce-abc' 'strict-dynamic' https:", {}, false],
    ["'nonce-abc' 'strict-dynamic'", { nonce: 'abc' }, true],
    ["'sha256-AAAA' 'strict-dynamic'", { integrity: ['sha256-AAAA'] }, true],
    ["'sha256-AAAA' 'strict-dynamic'", { integrity: ['sha256-AAAA', 'sha384-BBBB'] }, false],
    ["'sha256-AAAA'", { integrity: [] }, false],
  ];
  for (const [sources, tag, allowed] of rows) {
    it(`“${sources}” ${allowed ? 'allows' : 'refuses'} a script of the markup with ${JSON.stringify(tag)}`, () => {
      expect(parsedScriptAllowed(sources.split(' '), { url: script, ...tag }, page)).to.equal(allowed);
    });
  }
});

describe('parseMetaPolicies()', () => {
  it('leaves out what browsers ignore in markup', () => {
    const policies = parseMetaPolicies(["sandbox; Frame-Ancestors 'none'; report-uri /a; img-src 'self'", 'sandbox']);
    expect(policies.map((policy) => [...policy.keys()])).to.eql([['img-src'], []]);
  });
});

describe('parsePolicies()', () => {
  it('splits headers that were joined, and ignores a directive that comes again', () => {
    const policies = parsePolicies(["script-src 'self'; SCRIPT-SRC *, img-src data:", '', ' ; ']);
    expect(policies.map((policy) => [...policy])).to.eql([[['script-src', ["'self'"]]], [['img-src', ['data:']]]]);
  });

  it('knows where a directive that is absent takes its sources from', () => {
    const decides = (policy: string, name: string) => directiveFor(parsePolicies([policy])[0]!, name)?.[0];
    expect(decides('default-src *; child-src a', 'frame-src')).to.equal('child-src');
    expect(decides('default-src *; script-src a; script-src-elem b', 'script-src')).to.equal('script-src-elem');
    expect(decides('default-src *', 'connect-src')).to.equal('default-src');
    expect(decides("object-src 'none'", 'img-src')).to.equal(undefined);
  });
});
