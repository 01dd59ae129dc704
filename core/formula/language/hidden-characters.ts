/**
 * Characters that reorder, break or hide what stands around them: a person would see another text than the language
 * reads. Controls but for tab and the end of a line, separators of lines and paragraphs, embeddings, overrides and
 * isolates of direction, halves of surrogate pairs. Not the marks of direction, which Hebrew and Arabic need. Source:
 * Boucher and Anderson, "Trojan Source" (CVE-2021-42574).
 */
const HIDDEN = String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\p{Cs}`;
const ONE = new RegExp(`[${HIDDEN}]`, 'u');
const ALL = new RegExp(`[${HIDDEN}]`, 'gu');

export const hasHidden = (text: string): boolean => ONE.test(text);

/** The text without them. */
export const withoutHidden = (text: string): string => (hasHidden(text) ? text.replace(ALL, '') : text);

export const HIDDEN_MESSAGE = 'holds characters that are not seen, or that change the order in which it is read.';
