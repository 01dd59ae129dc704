/** The most marks that a writing system puts on one letter, composed (NFC): Hebrew with points and accents. */
const MOST_MARKS = 4;

/**
 * Controls of direction, tags, fillers and other characters that are not seen and can make two names look alike; not
 * the joiners and the selectors of variants, which Persian, Indic scripts and emoji need between other characters.
 */
const HIDDEN =
  /(?![\u200c\u200d\ufe0e\ufe0f])[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u2800]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** Joiners that join nothing. */
const STRAY_JOINER = /(?:^|\s)[\u200c\u200d\ufe0e\ufe0f]|[\u200c\u200d](?:\s|$)|[\u200c\u200d]{2}/u;
const TOO_MANY_MARKS = new RegExp(`\\p{M}{${MOST_MARKS + 1}}`, 'u');

/** What is wrong with the name of a person, an organisation or a thing, in words; null when nothing is. */
export function nameProblem(name: string): string | null {
  const text = name.normalize('NFC');
  if (HIDDEN.test(text) || STRAY_JOINER.test(text)) return 'Take out the characters that can not be seen.';
  if (TOO_MANY_MARKS.test(text.replaceAll(/[\ufe0e\ufe0f]/gu, '')))
    return `Use at most ${MOST_MARKS} accents on a letter.`;
  if (!VISIBLE.test(text)) return 'Use letters or digits.';
  if (text.split(/[^\p{L}\p{M}]+/u).some((word) => /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word)))
    return 'Write each word in the letters of one alphabet.';
  return null;
}
