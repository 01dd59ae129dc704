/**
 * The lines that people have chosen to draw on charts of this formula, by the names or expressions of their nodes: what
 * the builder keeps of each person's workspace in this browser.
 */
export function plottedLines(formulaId: string): readonly string[] {
  if (typeof localStorage === 'undefined') return [];
  for (let index = 0; index < localStorage.length; index += 1) {
    const key = localStorage.key(index) ?? '';
    if (!key.startsWith('workspace:') || !key.endsWith(`/${formulaId}`)) continue;
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
      const plotted = typeof kept === 'object' && kept !== null && 'plotted' in kept ? kept.plotted : null;
      return Array.isArray(plotted) ? plotted.filter((line) => typeof line === 'string') : [];
    } catch {
      return [];
    }
  }
  return [];
}
