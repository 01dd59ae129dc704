import type { Change } from '#core/diff/diff.ts';

export const changeKeyOf = (change: Change): string =>
  [
    change.kind,
    ...('id' in change ? [change.id] : []),
    ...('path' in change ? change.path.map(({ id, port }) => `${id}.${port ?? ''}`) : []),
  ].join(' ');
