'use client';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { Fragment, memo, type MouseEvent } from 'react';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import type { GivenType } from '#core/formula/language/types.ts';
import type { Block, Output } from '#core/formula/model/block.ts';
import { isRef } from '#core/formula/model/formula.ts';
import { symbolOf } from '#core/formula/reference/symbol-of.ts';
import { cx } from '#ui/format/cx.ts';
import { groupColor } from '#ui/layout/group-color.ts';
import { ChangeBadge } from './change-badge.tsx';
import { useGraphParts } from './context.ts';
import { wireId, type Wire } from './flow-edges.ts';
import type { BlockNode as FlowNode } from './flow-nodes.ts';
import { NodeProblems } from './node-problems.tsx';
import { FEED_HANDLE, HANDLE_SIZE, HEADER_HEIGHT, nodeHandles, ROW_HEIGHT, visiblePorts } from './node-shape.ts';
import { NodeValue } from './node-value.tsx';
import { PortField } from './port-field.tsx';

/** A node of the formula: its name, its ports with what is typed into them, its outputs. */
export const BlockNode = memo(function BlockNode({ id, data, selected }: NodeProps<FlowNode>) {
  const { node, problems, types, change } = data;
  const { Mark } = useGraphParts();
  const block = findBlock(node.block);
  const title = node.name ?? block?.title ?? node.block;
  const error = problems.find(({ severity }) => severity === 'error');
  return (
    <div
      data-testid={`node-${node.name ?? node.block}`}
      style={{ borderTopColor: groupColor(block?.group) }}
      className={cx(
        'size-full rounded-lg border border-t-3 bg-raised shadow-raised',
        error ? 'border-bad/70' : 'border-line-strong/80',
        selected && 'outline-2 outline-accent',
      )}
    >
      <header className="flex items-center gap-1.5 px-2.5" style={{ height: HEADER_HEIGHT - 3 }}>
        <span data-testid="node-title" className="truncate text-base font-semibold">
          {title}
        </span>
        {node.name !== undefined && block && block.kind !== 'input' ? (
          <span className="truncate text-2xs text-faint">{symbolOf(block)}</span>
        ) : null}
        {block && block.kind !== 'input' && block.outputs.length === 1 && block.outputs[0] ? (
          <NodeValue node={id} type={typeOf(block.outputs[0], types)} index={0} className="ml-auto" />
        ) : null}
        {change ? <ChangeBadge change={change} /> : null}
        {problems.length > 0 ? <NodeProblems problems={problems} className="ml-auto shrink-0" /> : null}
      </header>
      {Mark ? <Mark node={id} label={title} selected={selected} /> : null}
      {block ? (
        <>
          <Outputs id={id} block={block} types={types} />
          <Ports id={id} block={block} node={node} />
          <Handles id={id} block={block} node={node} types={types} />
        </>
      ) : (
        <p className="px-2.5 text-2xs text-bad">unknown block</p>
      )}
    </div>
  );
});

/** What an output gives here: a percentage where it is computed of percentages. */
const typeOf = ({ name, type }: Output, types: FlowNode['data']['types']): GivenType | Output['type'] =>
  types[name] ?? type;

interface PortsProps {
  readonly id: string;
  readonly block: Block;
  readonly node: FlowNode['data']['node'];
}

function Ports({ id, block, node }: PortsProps) {
  const { gestures } = useGraphParts();
  return (
    <ul>
      {visiblePorts(block, node).map((port) => {
        const arg = node.args[port.name];
        const wired = isRef(arg);
        return (
          <li
            key={port.name}
            className="flex items-center gap-1.5 pr-2 pl-3 text-xs"
            style={{ height: ROW_HEIGHT }}
            onFocus={() => gestures?.enter({ node: id, port: port.name })}
            onBlur={() => gestures?.enter(null)}
          >
            <span
              className={cx('truncate', arg === undefined && port.default !== undefined ? 'text-faint' : 'text-muted')}
              title={port.help}
            >
              {port.name}
            </span>
            {wired ? null : (
              <PortField
                port={port}
                value={arg}
                disabled={!gestures}
                className="ml-auto w-16 shrink-0"
                onChange={(value) =>
                  gestures?.edit([
                    value === undefined
                      ? { type: 'clearArg', id, port: port.name }
                      : { type: 'setArg', id, port: port.name, arg: value },
                  ])
                }
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** One output leaves at the header; several have rows of their own, above the ports. */
function Outputs({ id, block, types }: Omit<PortsProps, 'node'> & Pick<FlowNode['data'], 'types'>) {
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

function Handles({ id, block, node, types }: PortsProps & Pick<FlowNode['data'], 'types'>) {
  const canEdit = useGraphParts().gestures !== undefined;
  return nodeHandles(node).map(({ id: port, side, y }) => {
    const type =
      side === 'input' ? block.inputs.find(({ name }) => name === port)?.type : outputType(port, block, types);
    const handle = (
      <Handle
        type={side === 'input' ? 'target' : 'source'}
        id={port}
        position={side === 'input' ? Position.Left : Position.Right}
        isConnectable={canEdit}
        style={{ top: y, width: HANDLE_SIZE, height: HANDLE_SIZE }}
        className={cx('handle', `handle-${(type ?? 'number').replace(/\W/g, '-')}`)}
      />
    );
    const isWired = side === 'input' && isRef(node.args[port]);
    return isWired && canEdit ? (
      <span
        key={`${side} ${port}`}
        className="contents"
        onMouseDownCapture={(event) => takeEnd(event, { node: id, port })}
      >
        {handle}
      </span>
    ) : (
      <Fragment key={`${side} ${port}`}>{handle}</Fragment>
    );
  });
}

function outputType(port: string, block: Block, types: FlowNode['data']['types']): string | undefined {
  if (port === FEED_HANDLE) return 'feed';
  const output = block.outputs.find(({ name }) => name === port);
  return output && typeOf(output, types);
}

/** Whoever pulls at an input that has a wire pulls at the end of that wire, which React Flow draws beside the input. */
function takeEnd(event: MouseEvent, wire: Wire): void {
  if (event.button !== 0) return;
  const end = document.querySelector(
    `.react-flow__edge[data-id="${CSS.escape(wireId(wire))}"] .react-flow__edgeupdater-target`,
  );
  if (!end) return;
  event.stopPropagation();
  event.preventDefault();
  const { clientX, clientY } = event;
  end.dispatchEvent(
    new window.MouseEvent('mousedown', { bubbles: true, cancelable: true, button: 0, clientX, clientY }),
  );
}
