const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

/** A number of bytes as people say it. */
export function formatSize(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(power > 0 && value < 10 ? 1 : 0)} ${UNITS[power] ?? 'B'}`;
}
