/** A number as people type it ("10,000", "1 000.5", "−3"); null when it is none. */
export function readNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[\s,_'’]/g, '')
    .replace('−', '-')
    .replace(/%$/, '');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return null;
  return Number(plain);
}
