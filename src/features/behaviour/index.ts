/**
 * What two strategies do on the same bars, for a page of comparison, a review, a publication.
 *
 * `BehaviourDiff`
 *   before, after   `{ title, formula, formulaId, versionId }`: of a draft `versionId` is null, and the formula is the
 *                   draft as it is now
 *   className       its height, where it has one
 *   marketIds       markets that are chosen at first, such as those of bots
 */
export { BehaviourDiff } from './behaviour-diff.tsx';
