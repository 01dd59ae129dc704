const THREADS = 8;

const hash = (text: string): number => {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value >>> 0;
};

/** A person's colour, the same for everybody who sees them; a CSS colour that follows the theme. */
export const personColor = (userId: string): string => `var(--thread-${(hash(userId) % THREADS) + 1})`;
