import type { Decision } from '#core/engine/why/decision.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import { lightsOf, type Light } from '#core/formula/why/reason.ts';
import type { BarStory } from './protocol.ts';

const ACTED: readonly Decision['outcome'][] = ['ordered', 'told', 'refused'];

/** The decision that is looked at: the one that the person chose, else the first that led to something. */
export const decisionOf = ({ decisions }: BarStory, chosen: NodeId | null): Decision | undefined =>
  decisions.find(({ node }) => node === chosen) ??
  decisions.find(({ outcome }) => ACTED.includes(outcome)) ??
  decisions[0];

/** The path to a decision, its action at the end. */
export function pathTo({ node, outcome, reason }: Decision): ReadonlyMap<NodeId, Light> {
  const path = new Map(lightsOf(reason));
  path.set(node, ACTED.includes(outcome) && outcome !== 'refused' ? 'true' : 'false');
  return path;
}
