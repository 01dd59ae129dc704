/**
 * Two formulas compared, for whoever shows a difference: a page, a review, a merge, a publication.
 *
 * `DiffView` is the whole: sentences by what they have an effect on, one canvas, side by side, code.
 *   before, after   `{ title, formula }`: what is compared; any two formulas. Keep the identity of a formula that did
 *                   not change. A live draft may be given: the view follows.
 *   selected        the key of the change that is looked at (`changeKeyOf`), with `onSelect`; left out, the view keeps
 *                   the choice itself. `useLinkedChange()` gives both from the address: `#change=<key>`.
 *   linkOf          the address of a change, for *Copy link*; left out, there is none.
 *   beside          (change, key) => what stands at the end of a sentence: a check box, a choice, a badge
 *   below           (change, key) => what stands below a sentence: threads, values in conflict
 *   belowStatement  (node) => what stands below a statement of the code: threads
 *   Mark            drawn at the corner of each node, as in `FormulaGraph`: threads, values in conflict
 *   actions         what stands at the end of the bar above
 *   hasKeys         whether `n` and `p` go to the next and the previous change (true)
 *   className       its height belongs here
 */
export { DiffView } from './diff-view.tsx';
export { useLinkedChange } from './use-linked-change.ts';
