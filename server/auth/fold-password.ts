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
export function foldings(password: string): string[] {
  const lower = password.normalize('NFKC').toLowerCase().trim();
  const swap = (text: string): string => text.replaceAll(/[@483690$57+2]/g, (sign) => SWAPS[sign] ?? sign);
  // A number or sign at the end was added, and stands for no letter.
  const bare = lower.replace(/[^\p{L}]+$/u, '');
  const readings = [lower, bare];
  for (const letter of ['i', 'l'])
    readings.push(swap(lower.replaceAll(AMBIGUOUS, letter)), swap(bare.replaceAll(AMBIGUOUS, letter)));
  return [...new Set(readings)].filter((reading) => reading !== '');
}
