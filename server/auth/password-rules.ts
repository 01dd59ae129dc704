import { isCommonPassword } from './common-passwords.ts';

const SWAPS: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '8': 'b',
  '3': 'e',
  '6': 'g',
  '9': 'g',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
  '+': 't',
  '2': 'z',
};
const AMBIGUOUS = /[1!|]/g;

/**
 * A password as somebody would read it: in small letters, and with digits and signs that stand for letters as these
 * letters. All readings, each once.
 */
function foldings(password: string): string[] {
  const lower = password.normalize('NFKC').toLowerCase().trim();
  const swap = (text: string): string => text.replaceAll(/[@483690$57+2]/g, (sign) => SWAPS[sign] ?? sign);
  // A number or sign at the end was added, and stands for no letter.
  const bare = lower.replace(/[^\p{L}]+$/u, '');
  const readings = [lower, bare];
  for (const letter of ['i', 'l'])
    readings.push(swap(lower.replaceAll(AMBIGUOUS, letter)), swap(bare.replaceAll(AMBIGUOUS, letter)));
  return [...new Set(readings)].filter((reading) => reading !== '');
}

export interface About {
  readonly email: string;
  /** Of the person and of what they make. */
  readonly names: readonly string[];
  /** Passwords that everybody can read somewhere. */
  readonly published: readonly string[];
}

/** What this product and its users talk about all day. */
const OWN_WORDS = [
  'alphaloom',
  'alpha',
  'loomworks',
  'loom',
  'weaving',
  'weaves',
  'weave',
  'weft',
  'warp',
  'trading',
  'traders',
  'trader',
  'trade',
  'strategies',
  'strategy',
  'backtesting',
  'backtests',
  'backtest',
  'formulas',
  'formula',
  'signals',
  'signal',
  'markets',
  'market',
  'stocks',
  'stock',
  'bitcoin',
  'crypto',
  'quant',
  'demo',
  'passphrase',
  'password',
  'admin',
  'welcome',
  'login',
];

/** Fewer letters and digits than this beside what anybody would try make no password. */
const OWN_PART = 4;

const COMMON = 'This password is among the first that anybody would try. Choose another.';

/**
 * What is wrong with a new password, in words; null when nothing is. Compared as it would be hashed, whatever its case,
 * and with the usual swaps of letters undone.
 */
export async function passwordProblem(password: string, { email, names, published }: About): Promise<string | null> {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  if (length < 8) return 'Use at least 8 characters.';
  if (length > 128) return 'Use at most 128 characters.';
  if (/\p{Cc}/u.test(text)) return 'Use characters that can be typed.';
  const visible = text.replaceAll(/[\p{White_Space}\p{Default_Ignorable_Code_Point}]/gu, '').toLowerCase();
  if (new Set(visible).size < 4 || isRepeated(visible)) return COMMON;
  const readings = foldings(text);
  if (published.some((known) => foldings(known).some((reading) => readings.includes(reading)))) return COMMON;
  const own = [email, ...email.split(/[@.+_-]/), ...names, ...names.flatMap((name) => name.split(/[\s._-]+/))]
    .flatMap(foldings)
    .filter((word) => word.length >= 3);
  for (const reading of readings) {
    if (own.includes(reading)) return 'Choose a password that is not your name or address.';
    if (restWithout(reading, own).length < OWN_PART) return 'Choose a password that is more than your name or address.';
    if (restWithout(reading, [...OWN_WORDS, ...own]).length < OWN_PART) return COMMON;
    if (await isCommonPassword(reading)) return COMMON;
  }
  return null;
}

/** A short text again and again. */
const isRepeated = (text: string): boolean => /^(.{1,4})\1+$/su.test(text);

/**
 * What is left of a text without words, years and signs: what somebody has to guess. Without any of the words, the text
 * is as it was.
 */
function restWithout(text: string, words: readonly string[]): string {
  const rest = words.toSorted((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ' '), text);
  return rest === text
    ? text
    : rest.replaceAll(/(19|20)\d\d|\b0*(123456789|12345678|1234567|123456|12345|1234|123|12|1)\b|[^\p{L}\p{N}]/gu, '');
}
