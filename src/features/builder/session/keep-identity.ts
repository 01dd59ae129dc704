import { sameArg } from '#core/formula/language/statements.ts';
import { sameFrame, sameNote } from '#core/formula/model/annotations.ts';
import { sameBends } from '#core/formula/model/bends.ts';
import {
  FLAGS,
  sameWords,
  type Formula,
  type FormulaNode,
  type NodeId,
  type Point,
} from '#core/formula/model/formula.ts';

/**
 * `fresh`, made of the objects of `old` where they say the same: what is drawn from them is then drawn only where
 * something changed.
 */
export function keepIdentity(old: Formula, fresh: Formula): Formula {
  const nodes = shareEntries(old.nodes, fresh.nodes, sameNode);
  const layout = shareEntries(old.layout ?? {}, fresh.layout ?? {}, samePoint);
  const frames = keptOf(old.frames, fresh.frames, sameFrame);
  const notes = keptOf(old.notes, fresh.notes, sameNote);
  const bends = keptOf(old.bends, fresh.bends, sameBends);
  const isSame =
    nodes === old.nodes &&
    frames === old.frames &&
    notes === old.notes &&
    bends === old.bends &&
    (layout === old.layout || (old.layout === undefined && fresh.layout === undefined)) &&
    old.epilogue === fresh.epilogue;
  return isSame
    ? old
    : {
        ...fresh,
        nodes,
        ...(fresh.layout ? { layout } : {}),
        ...(frames ? { frames } : {}),
        ...(notes ? { notes } : {}),
        ...(bends ? { bends } : {}),
      };
}

type Shared<T> = Readonly<Record<string, T>> | undefined;

const keptOf = <T>(old: Shared<T>, fresh: Shared<T>, same: (a: T, b: T) => boolean): Shared<T> =>
  old && fresh ? shareEntries(old, fresh, same) : fresh;

function shareEntries<T>(
  old: Readonly<Record<NodeId, T>>,
  fresh: Readonly<Record<NodeId, T>>,
  same: (a: T, b: T) => boolean,
): Readonly<Record<NodeId, T>> {
  const keys = Object.keys(fresh);
  const oldKeys = Object.keys(old);
  let changed = keys.length !== oldKeys.length;
  const shared = keys.map((key, index): [NodeId, T] => {
    const value = fresh[key] as T;
    const before = old[key];
    const kept = before !== undefined && same(before, value) ? before : value;
    if (kept !== before || oldKeys[index] !== key) changed = true;
    return [key, kept];
  });
  return changed ? Object.fromEntries(shared) : old;
}

const samePoint = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;

function sameNode(a: FormulaNode, b: FormulaNode): boolean {
  const ports = Object.keys(a.args);
  return (
    a.block === b.block &&
    a.name === b.name &&
    a.comment === b.comment &&
    sameWords(a.words, b.words) &&
    FLAGS.every((flag) => a[flag] === b[flag]) &&
    ports.length === Object.keys(b.args).length &&
    ports.every((port) => port in b.args && sameArg(a.args[port], b.args[port]))
  );
}
