let loaded: Promise<ReadonlySet<string>> | undefined;

/** Some 49,000 that leaked most often, loaded when the first is asked for. */
const list = (): Promise<ReadonlySet<string>> =>
  (loaded ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].map(String)),
  ));

/** Four letters and more: what is shorter is in nearly every text. */
const LEAST = 4;

/**
 * Whether a text in small letters, or its letters without what is put before and behind them, heads the lists of leaked
 * passwords.
 */
export async function isCommonPassword(text: string): Promise<boolean> {
  const common = await list();
  const core = text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return (
    common.has(text) ||
    common.has(text.replaceAll(/[^\p{L}\p{N}]/gu, '')) ||
    (core.length >= LEAST && common.has(core)) ||
    isRow(text)
  );
}

const ROWS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
];

/** Neighbours on the keyboard or in the alphabet, forwards or backwards, and nothing else of any length. */
function isRow(text: string): boolean {
  const rows = ROWS.flatMap((row) => [row, [...row].toReversed().join('')]);
  let rest = text;
  for (let length = Math.min(20, rest.length); length >= 4; length -= 1) {
    for (const row of rows)
      for (let at = 0; at + length <= row.length; at += 1) rest = rest.replaceAll(row.slice(at, at + length), '');
  }
  return rest !== text && rest.length < 4;
}
