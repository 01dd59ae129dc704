'use client';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Block, Output } from '#core/formula/block.ts';
import { findBlock } from '#core/formula/catalogue.ts';
import { isRef } from '#core/formula/formula.ts';
import type { GivenType } from '#core/formula/types.ts';
import { cx } from '#ui/cx.ts';
import { useFormulaSession, useStatus } from '../session/provider.tsx';
import { NodeMark } from '../comments/index.ts';
import { NodeValue } from '../preview/index.ts';
import type { BlockNode as FlowNode } from './flow-nodes.ts';
import { groupColor } from '#ui/group-color.ts';
import { NodeProblems } from './node-problems.tsx';
import { HEADER_HEIGHT, ROW_HEIGHT, visiblePorts } from './node-shape.ts';
import { PortField } from './port-field.tsx';

/** A node of the formula: its name, its ports with what is typed into them, its outputs. */
export const BlockNode = memo(function BlockNode({ id, data, selected }: NodeProps<FlowNode>) {
  const { node, problems, types } = data;
  const block = findBlock(node.block);
  const title = node.name ?? block?.title ?? node.block;
  const error = problems.find(({ severity }) => severity === 'error');
  return (
    <div
      data-testid={`node-${node.name ?? node.block}`}
      style={{ borderTopColor: groupColor(block?.group) }}
      className={cx('size-full rounded-lg border border-t-3 bg-raised shadow-raised', error ? 'border-bad/70' : 'border-line-strong/80', selected && 'outline-2 outline-accent')}
    >
      <header className="flex items-center gap-1.5 px-2.5" style={{ height: HEADER_HEIGHT - 3 }}>
        <span className="truncate text-xs font-semibold">{title}</span>
        {node.name !== undefined && block && block.kind !== 'input' ? <span className="truncate text-2xs text-faint">{block.syntax && 'symbol' in block.syntax ? block.syntax.symbol : block.name}</span> : null}
        {block && block.kind !== 'input' && block.outputs.length === 1 && block.outputs[0] ? <NodeValue node={id} type={typeOf(block.outputs[0], types)} index={0} className="ml-auto" /> : null}
        {problems.length > 0 ? <NodeProblems problems={problems} className="ml-auto shrink-0" /> : null}
      </header>
      <NodeMark node={id} label={title} selected={selected} />
      {block ? <Ports id={id} block={block} node={node} /> : <p className="px-2.5 text-2xs text-bad">unknown block</p>}
      {block ? <Outputs id={id} block={block} types={types} /> : null}
    </div>
  );
});

/** What an output gives here: a percentage where it is computed of percentages. */
const typeOf = ({ name, type }: Output, types: FlowNode['data']['types']): GivenType | Output['type'] => types[name] ?? type;

interface PortsProps {
  readonly id: string;
  readonly block: Block;
  readonly node: FlowNode['data']['node'];
}

function Ports({ id, block, node }: PortsProps) {
  const session = useFormulaSession();
  const { canEdit } = useStatus();
  return (
    <ul>
      {visiblePorts(block, node).map((port) => {
        const arg = node.args[port.name];
        const wired = isRef(arg);
        return (
          <li key={port.name} className="relative flex items-center gap-1.5 pr-2.5 pl-3 text-2xs" style={{ height: ROW_HEIGHT }} onFocus={() => session.show({ field: { node: id, port: port.name } })} onBlur={() => session.show({ field: null })}>
            {block.kind === 'input' ? null : <Handle type="target" id={port.name} position={Position.Left} className={cx('handle', `handle-${port.type.replace(/\W/g, '-')}`)} />}
            <span className={cx('truncate', arg === undefined && port.default !== undefined ? 'text-faint' : 'text-muted')} title={port.help}>{port.name}</span>
            {wired ? null : (
              <PortField
                port={port}
                value={arg}
                disabled={!canEdit}
                className="ml-auto w-20"
                onChange={(value) => session.edit([value === undefined ? { type: 'clearArg', id, port: port.name } : { type: 'setArg', id, port: port.name, arg: value }])}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** One output leaves at the header; several leave at rows of their own. */
function Outputs({ id, block, types }: Omit<PortsProps, 'node'> & Pick<FlowNode['data'], 'types'>) {
  const { outputs } = block;
  const top = (index: number) => (outputs.length > 1 ? HEADER_HEIGHT + (index + 0.5) * ROW_HEIGHT : HEADER_HEIGHT / 2);
  return (
    <>
      {block.kind === 'feed' ? <Handle type="source" id="feed" position={Position.Right} style={{ top: HEADER_HEIGHT / 2 }} className="handle handle-feed" /> : null}
      {outputs.map((output, index) => (
        <span key={output.name}>
          <Handle type="source" id={output.name} position={Position.Right} style={{ top: top(index) }} className={cx('handle', `handle-${typeOf(output, types).replace(/\W/g, '-')}`)} />
          {outputs.length > 1 ? <span className="pointer-events-none absolute right-2.5 -translate-y-1/2 text-2xs text-faint" style={{ top: top(index) }}><NodeValue node={id} type={typeOf(output, types)} index={index} className="mr-1.5" />{output.name}</span> : null}
        </span>
      ))}
    </>
  );
}
