import type * as Y from 'yjs';
import { annotationEditsBetween } from '#core/formula/change/annotation-edits.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { writeAnnotation } from './annotations.ts';
import { writeBends } from './bends.ts';
import { argKey, rootsOf, SCHEMA } from './document-roots.ts';
import { FIRST_EPOCH } from './epoch.ts';
import { markPrices } from './inside.ts';
import { places } from './place-between.ts';
import { createNode, plain } from './write-edits.ts';

/** Fills an empty document with a formula. To change a document that is in use, apply edits. */
export function fillDocument(doc: Y.Doc, formula: Formula, title: string, epoch = FIRST_EPOCH): void {
  doc.transact(() => {
    const roots = rootsOf(doc);
    const { nodes, args, layout, meta } = roots;
    const entries = Object.entries(formula.nodes);
    const order = places(entries.length);
    entries.forEach(([id, node], i) => {
      nodes.set(id, createNode(node, order[i] ?? ''));
      for (const [port, arg] of Object.entries(node.args)) args.set(argKey(id, port), plain(arg));
    });
    markPrices(
      roots,
      entries.map(([id]) => id),
    );
    for (const [id, { x, y }] of Object.entries(formula.layout ?? {})) layout.set(id, [x, y]);
    for (const edit of annotationEditsBetween({}, formula))
      if (edit.type === 'setBends') writeBends(roots, edit);
      else writeAnnotation(roots, edit);
    meta.set('schema', SCHEMA);
    meta.set('epoch', epoch);
    meta.set('title', title);
    if (formula.epilogue !== undefined) meta.set('epilogue', formula.epilogue);
  });
}
