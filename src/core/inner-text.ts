/** A reason that others gave, as the end of a sentence: without the punctuation that it ends with. */
export const innerText = (text = ''): string => text.trim().replace(/[\s.:;,!]+$/, '') || 'no reason given';
