import { expect } from '@open-wc/testing';
import { decodedLevels, decodeFully } from '../../src/core/escapes.js';

describe('decodeFully()', () => {
  for (const [escaped, text] of [
    ['plain, with 100 % and R&D', 'plain, with 100 % and R&D'],
    ['a%2Fb%2fc', 'a/b/c'],
    ['%61%62', 'ab'],
    ['%c3%a9%F0%9F%98%80', 'é😀'],
    ['%25252F', '/'],
    ['%', '%'],
    ['%zz %c3 %ff%2F', '%zz %c3 %ff/'],
    [String.raw`\"a\/b\\\u0041\x42\n`, '"a/bAB\n'],
    ['&quot;&amp;&lt;&gt;&apos;&#39;&#x2F;', `"&<>''/`],
    ['&amp;quot;', '"'],
    ['&constructor; &toString;', '&constructor; &toString;'],
    [JSON.stringify(JSON.stringify({ a: '"' })), '"{"a":"""}"'],
    ['\\', '\\'],
  ] as const) {
    it(`decodes ${escaped}`, () => expect(decodeFully(escaped)).to.equal(text));
  }

  it('ends, however deep a text is escaped', () => {
    expect(decodeFully(`%${'25'.repeat(50)}41`)).to.match(/^%(25)+41$/);
  });
});

describe('decodedLevels()', () => {
  it('tells where each character stands in the source', () => {
    const source = 'x%25%32F\\u0041é%c3%a9y';
    for (const level of decodedLevels(source)) {
      const { text, start, end } = level;
      expect(source.slice(start(0), end(0))).to.equal('x');
      expect(source.slice(start(text.length - 1), end(text.length - 1))).to.equal('y');
      for (let index = 1; index < text.length; index++) expect(start(index)).to.equal(end(index - 1));
    }
    const [, , last] = [...decodedLevels(source)];
    expect(last!.text).to.equal('x/Aééy');
    expect(source.slice(last!.start(1), last!.end(1))).to.equal('%25%32F');
  });
});
