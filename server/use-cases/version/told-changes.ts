import type { ToldChange } from '#server/compute/formula/changes-in.ts';
import type { Reader } from '../context.ts';

/** Sentences that the audit keeps of one difference, and characters of each. */
const MOST = 40;
const LONGEST = 300;

/** What a version changes of the one before it. Outside of any transaction: a large formula waits for its turn. */
export const changesBetween = (
  { formulas, principal }: Reader,
  before: string | null,
  json: string,
): Promise<readonly ToldChange[]> => formulas(principal.orgId, 'changes', { before, json });

/** As the audit keeps them. */
export const sentencesOf = (changes: readonly ToldChange[]): readonly string[] => [
  ...changes
    .slice(0, MOST)
    .map(({ sentence }) => (sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST - 1)}…`)),
  ...(changes.length > MOST ? [`${changes.length - MOST} more`] : []),
];
