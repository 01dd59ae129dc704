'use client';
import { Handle, Position } from '@xyflow/react';
import { Fragment, type MouseEvent } from 'react';
import { FREE_PORT, isChained } from '#core/formula/chains/chain.ts';
import type { GivenType } from '#core/formula/language/types.ts';
import type { Block, Output } from '#core/formula/model/block.ts';
import { isRef } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { useGraphParts } from './context.ts';
import { wireId, type Wire } from './flow-edges.ts';
import type { BlockData } from './flow-nodes.ts';
import { FEED_HANDLE, HANDLE_SIZE, shapeOf } from './node-shape.ts';

interface NodeHandlesProps {
  readonly id: string;
  readonly block: Block;
  readonly data: BlockData;
}

/** The dots at which wires end. */
export function NodeHandles({ id, block, data: { node, ports, types } }: NodeHandlesProps) {
  const canEdit = useGraphParts().gestures !== undefined;
  return shapeOf(node, ports).handles.map(({ id: port, side, y }) => {
    const type =
      side === 'input' ? block.inputs.find(({ name }) => name === port)?.type : outputType(port, block, types);
    const handle = (
      <Handle
        type={side === 'input' ? 'target' : 'source'}
        id={port}
        position={side === 'input' ? Position.Left : Position.Right}
        isConnectable={canEdit}
        style={{ top: y, width: HANDLE_SIZE, height: HANDLE_SIZE }}
        title={port === FREE_PORT ? 'One more' : undefined}
        className={cx(
          'handle',
          `handle-${(type ?? 'number').replace(/\W/g, '-')}`,
          port === FREE_PORT && 'handle-free',
          side === 'input' && isChained(node.block) && 'handle-near',
        )}
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

/** What an output gives here: a percentage where it is computed of percentages. */
export const typeOf = ({ name, type }: Output, types: BlockData['types']): GivenType | Output['type'] =>
  types[name] ?? type;

function outputType(port: string, block: Block, types: BlockData['types']): string | undefined {
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
