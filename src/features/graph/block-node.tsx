'use client';
import { type NodeProps } from '@xyflow/react';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { memo } from 'react';
import { ownerOf } from '#core/formula/chains/chain.ts';
import type { Block } from '#core/formula/model/block.ts';
import { isMistake } from '#core/formula/model/diagnostic.ts';
import { isRef } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { groupColor } from '#ui/layout/group-color.ts';
import { portName } from './chain-view.ts';
import { ChangeBadge } from './change-badge.tsx';
import { useGraphParts, useLevel, useNodeLight, useNodeValue } from './context.ts';
import { FieldChange } from './field-change.tsx';
import { NO_FIELD_TEXTS } from './field-texts.ts';
import type { BlockNode as FlowNode } from './flow-nodes.ts';
import { formatValue } from './format-value.ts';
import { NodeHandles, typeOf } from './node-handles.tsx';
import { NodeName } from './node-name.tsx';
import { NodeProblems } from './node-problems.tsx';
import { ROW_HEIGHT, shapeOf } from './node-shape.ts';
import { NodeSpark } from './node-spark.tsx';
import { NodeValue } from './node-value.tsx';
import { PortField } from './port-field.tsx';
import { blockOf } from './scope-view.ts';

/**
 * A node of the formula: its name, its ports with what is typed into them, its outputs; from afar its name alone, or
 * its colour.
 */
export const BlockNode = memo(function BlockNode(props: NodeProps<FlowNode>) {
  const level = useLevel();
  return level === 'fields' ? <WholeNode {...props} /> : <FarNode {...props} isNamed={level === 'titles'} />;
});

/** From this height on, two lines of the smallest large title have room. */
const TWO_LINES = 56;

function FarNode({ id, data, selected, isNamed }: NodeProps<FlowNode> & { readonly isNamed: boolean }) {
  const { node, title, problems, change } = data;
  const color = groupColor(blockOf(node)?.group);
  const error = problems.find(isMistake);
  const light = useNodeLight(id);
  return (
    <div
      data-testid={`node-${node.name ?? node.block}`}
      data-light={light}
      data-change={change}
      style={{ '--group': change === undefined ? color : CHANGE_COLORS[change] } as React.CSSProperties}
      className={cx(
        'far-node',
        shapeOf(node).height < TWO_LINES && 'far-node-low',
        error && 'far-node-wrong',
        selected && 'far-node-selected',
        node.muted && 'opacity-50',
      )}
    >
      <span id={data.sentenceId} hidden aria-label={data.sentence.what} />
      {isNamed ? <span data-testid="node-title">{title.name}</span> : null}
    </div>
  );
}

const CHANGE_COLORS = {
  added: 'var(--good)',
  removed: 'var(--bad)',
  changed: 'var(--warn)',
  moved: 'var(--accent)',
} as const;

function WholeNode({ id, data, selected }: NodeProps<FlowNode>) {
  const { node, title, ports, problems, types, change } = data;
  const { Mark } = useGraphParts();
  const block = blockOf(node);
  const error = problems.find(isMistake);
  const { header } = shapeOf(node, ports);
  const [output] = block?.outputs ?? [];
  const light = useNodeLight(id);
  return (
    <div
      data-testid={`node-${node.name ?? node.block}`}
      data-light={light}
      data-change={change}
      style={{ borderTopColor: groupColor(block?.group) }}
      className={cx(
        'group/node size-full rounded-lg border border-t-3 bg-raised shadow-raised',
        error ? 'border-bad/70' : 'border-line-strong/80',
        selected && 'outline-2 outline-accent',
        node.muted && 'opacity-50',
      )}
    >
      <Sentence id={id} data={data} />
      <header className="flex items-center gap-1.5 px-2.5" style={{ height: header - 3 }}>
        <NodeName id={id} node={node} title={title} isTall={header > 32} />
        {block && block.kind !== 'input' && block.outputs.length === 1 && output ? (
          <NodeValue node={id} type={typeOf(output, types)} index={0} className="ml-auto" />
        ) : null}
        {change ? <ChangeBadge change={change} /> : null}
        {problems.length > 0 ? <NodeProblems problems={problems} className="ml-auto shrink-0" /> : null}
      </header>
      {Mark ? <Mark node={id} label={title.name} selected={selected} /> : null}
      {block ? (
        <>
          <Outputs id={id} block={block} types={types} />
          <Ports id={id} node={node} ports={ports} />
          <MorePorts id={id} data={data} selected={selected} />
          <NodeHandles id={id} block={block} data={data} />
          <NodeSpark node={id} />
        </>
      ) : (
        <p className="px-2.5 text-2xs text-bad">unknown block</p>
      )}
    </div>
  );
}

/** The node's name to a screen reader, with its value at the crosshair. */
function Sentence({ id, data: { node, sentence, sentenceId, types } }: Pick<NodeProps<FlowNode>, 'id' | 'data'>) {
  const value = useNodeValue(id, 0);
  const [output] = blockOf(node)?.outputs ?? [];
  const shown = value === undefined || !output ? '' : formatValue(value, typeOf(output, types));
  return (
    <span
      id={sentenceId}
      hidden
      aria-label={[sentence.what, shown, sentence.readBy].filter((part) => part !== '').join(', ')}
    />
  );
}

type PortsProps = Pick<FlowNode['data'], 'node' | 'ports'> & { readonly id: string };

function Ports({ id, node, ports }: PortsProps) {
  const { gestures, fields } = useGraphParts();
  return (
    <ul>
      {shapeOf(node, ports).rows.map((port) => {
        const arg = node.args[port.name];
        const owner = ownerOf(id, port.name);
        const change = fields?.get(owner.id)?.get(owner.port);
        return (
          <li
            key={port.name}
            data-port={port.name}
            className="flex items-center gap-1.5 pr-2 pl-3 text-xs"
            style={{ height: ROW_HEIGHT }}
            onFocus={() => gestures?.enter({ node: owner.id, port: owner.port })}
            onBlur={() => gestures?.enter(null)}
          >
            {change ? (
              <FieldChange name={port.name} change={change} />
            ) : isRef(arg) ? (
              <span className="truncate text-muted" title={port.help}>
                {portName(node, port.name)}
              </span>
            ) : (
              <PortField
                id={owner.id}
                port={owner.port === port.name ? port : { ...port, name: owner.port }}
                value={arg}
                node={node}
                texts={gestures?.texts ?? NO_FIELD_TEXTS}
                disabled={!gestures}
                label="beside"
                className="ml-auto w-16 shrink-0"
                onChange={(value, gesture) =>
                  gestures?.edit(
                    [
                      value === undefined
                        ? { type: 'clearArg', id, port: port.name }
                        : { type: 'setArg', id, port: port.name, arg: value },
                    ],
                    gesture,
                  )
                }
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Ports that few people need are a click away. */
function MorePorts({
  id,
  data: { node, ports, title },
  selected,
}: Pick<NodeProps<FlowNode>, 'id' | 'data' | 'selected'>) {
  const { gestures, togglePorts } = useGraphParts();
  const { hidden } = shapeOf(node);
  if (hidden === 0 || !gestures || !togglePorts) return null;
  const isOpen = ports === 'all';
  const words = isOpen ? 'Show fewer ports' : `Show all ports: ${hidden} more`;
  return (
    <button
      type="button"
      aria-label={`${words} of ${title.name}`}
      aria-expanded={isOpen}
      title={words}
      onClick={() => togglePorts([id])}
      className={cx(
        'nodrag nopan absolute -bottom-2.5 left-1/2 grid h-4 w-8 -translate-x-1/2 place-items-center rounded-full border bg-raised text-faint hover:text-ink focus-visible:opacity-100 [&_svg]:size-3',
        selected || isOpen ? '' : 'opacity-0 group-hover/node:opacity-100',
      )}
    >
      {isOpen ? <ChevronUp aria-hidden /> : <ChevronDown aria-hidden />}
    </button>
  );
}

/** One output leaves at the header; several have rows of their own, above the ports. */
function Outputs({
  id,
  block,
  types,
}: Pick<FlowNode['data'], 'types'> & { readonly id: string; readonly block: Block }) {
  if (block.outputs.length < 2) return null;
  return (
    <ul>
      {block.outputs.map((output, index) => (
        <li
          key={output.name}
          className="flex items-center justify-end gap-1.5 pr-2 pl-3 text-xs text-muted"
          style={{ height: ROW_HEIGHT }}
        >
          <NodeValue node={id} type={typeOf(output, types)} index={index} />
          <span className="truncate" title={output.help}>
            {output.name}
          </span>
        </li>
      ))}
    </ul>
  );
}
