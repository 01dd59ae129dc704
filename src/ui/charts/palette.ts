/** The tokens that charts draw with. */
const TOKENS = [
  'surface',
  'ink',
  'muted',
  'faint',
  'line',
  'up',
  'down',
  'accent',
  'thread-1',
  'thread-2',
  'thread-3',
] as const;
export type Token = (typeof TOKENS)[number];
export type Palette = Readonly<Record<Token, string>>;

/** The colours of the theme as it is now, in the notation that a canvas library reads. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const rgb = (color: string): string => {
    if (!context) return '#888888';
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
  const entries = TOKENS.map(
    (token) => [token, rgb(style.getPropertyValue(`--${token}`).trim() || '#888888')] as const,
  );
  return Object.fromEntries(entries) as Record<Token, string>;
}

/** The colour with this much of it left, 0 to 1. */
export const faded = (rgb: string, alpha: number): string => rgb.replace('rgb(', 'rgba(').replace(')', `, ${alpha})`);

/** Tells when the theme or the person's colours for up and down change. */
export function onPaletteChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-tones'] });
  return () => observer.disconnect();
}
