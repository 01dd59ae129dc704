import type { Change, FormulaDiff } from './diff.ts';

/** One difference in one line: `fast 10 → 12`, `stop 2% added to buy`. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case 'added':
      return `${change.code} added`;
    case 'removed':
      return `${change.label} removed`;
    case 'renamed':
      return `${change.from} renamed to ${change.label}`;
    case 'changed':
    case 'rewired':
      return describePart(change);
    case 'commented':
      return `comment of ${change.label} changed`;
    case 'muted':
    case 'unmuted':
      return `${change.label} ${change.kind}`;
    case 'reordered':
      return `${change.label} moved to another line`;
    case 'epilogue':
      return 'comment at the end changed';
    case 'moved':
      return `${change.ids.length === 1 ? 'a node' : `${change.ids.length} nodes`} moved on the canvas`;
  }
}

function describePart({ label, where, before, after }: Extract<Change, { kind: 'changed' | 'rewired' }>): string {
  if (before === undefined) return `${where} ${after ?? ''} added to ${label}`;
  if (after === undefined) return `${where} ${before} removed from ${label}`;
  return `${where === '' ? label : `${label}: ${where}`} ${before} → ${after}`;
}

/** All of it in one line, as for the message of a version: the first few differences and how many more there are. */
export function summarize({ changes }: Pick<FormulaDiff, 'changes'>, most = 3): string {
  if (changes.length === 0) return 'no changes';
  const left = changes.length - most;
  return [...changes.slice(0, most).map(describeChange), ...(left > 0 ? [`${left} more`] : [])].join('; ');
}
