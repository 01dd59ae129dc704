'use client';
import { equalityDeep } from 'lib0/function';
import { BookOpenText, MousePointerClick } from 'lucide-react';
import { useEffect, type ChangeEvent } from 'react';
import { FREE_PORT, isChained, ownerOf } from '#core/formula/chains/chain.ts';
import { blockOfNode } from '#core/formula/language/block-of-call.ts';
import { isAction, statementsOf } from '#core/formula/language/statements.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import { isRef, type Arg, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { chainBlock, nodeAsDrawn, PortField, portName, useFieldText } from '#features/graph/index.ts';
import { referencePath } from '#features/reference/index.ts';
import { Field } from '#ui/controls/field.tsx';
import { Input, TextArea } from '#ui/controls/input.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { useCanEdit, useFormulaSession, useSnapshot } from '../session/use-session.ts';

/** Everything about the node that is selected. */
export function Inspector() {
  const selection = useSnapshot((snapshot) => snapshot.selection);
  const [id] = selection;
  const node = useSnapshot(({ formula }) => (id === undefined ? undefined : nodeAsDrawn(formula, id)));
  if (id === undefined || !node || selection.size > 1) {
    return (
      <EmptyState
        icon={<MousePointerClick />}
        title={selection.size > 1 ? `${selection.size} nodes selected` : 'Nothing selected'}
      >
        Select a node to see what it does and to set all of its arguments.
      </EmptyState>
    );
  }
  return <NodeDetails key={id} id={id} node={node} />;
}

const problemsOf = (diagnostics: readonly Diagnostic[], id: NodeId): readonly string[] =>
  diagnostics.flatMap(({ nodeId, message }) => (nodeId === id ? [message] : []));

interface NodeDetailsProps {
  readonly id: NodeId;
  readonly node: FormulaNode;
}

function NodeDetails({ id, node }: NodeDetailsProps) {
  const session = useFormulaSession();
  const canEdit = useCanEdit();
  const problems = useSnapshot(({ checked }) => problemsOf(checked.diagnostics, id), equalityDeep);
  const whole = useSnapshot(({ formula }) => blockOfNode(formula, node), equalityDeep);
  const block = whole && isChained(node.block) ? chainBlock(whole, node) : whole;
  if (node.block === 'fn')
    return (
      <div className="space-y-4 p-4">
        <div>
          <h2 className="text-base font-semibold">Function {node.name}</h2>
          <p className="text-muted text-pretty">A block that this strategy makes itself.</p>
        </div>
        {problems.length > 0 ? <Problem title={problems[0] ?? ''}>{problems.slice(1).join(' ')}</Problem> : null}
        <NameField id={id} name={node.name} disabled={!canEdit} />
        <CommentField id={id} comment={node.comment} disabled={!canEdit} />
      </div>
    );
  if (!block)
    return (
      <Problem title={`There is no block ${node.block}`} className="m-3">
        It was made by a newer release, or mistyped.
      </Problem>
    );
  return (
    <div className="space-y-4 p-4">
      <div>
        <div className="flex items-baseline justify-between gap-3">
          <h2 className="text-base font-semibold">{block.title}</h2>
          <a
            href={referencePath(block.name)}
            target="_blank"
            className="inline-flex shrink-0 items-center gap-1 rounded-sm text-xs text-muted hover:text-ink hover:underline"
          >
            <BookOpenText className="size-3.5" aria-hidden />
            Reference
          </a>
        </div>
        <p className="text-muted text-pretty">{block.help}</p>
      </div>
      {problems.length > 0 ? <Problem title={problems[0] ?? ''}>{problems.slice(1).join(' ')}</Problem> : null}
      {isAction(node) ? null : <NameField id={id} name={node.name} disabled={!canEdit} />}
      {block.inputs.length > 0 ? (
        <ul className="space-y-2" aria-label="Arguments">
          {block.inputs.map((port) => {
            if (port.name === FREE_PORT) return null;
            const arg = node.args[port.name];
            const owner = ownerOf(id, port.name);
            return (
              <li
                key={port.name}
                className="flex items-center gap-3"
                onFocus={() => session.show({ field: { node: owner.id, port: owner.port } })}
                onBlur={() => session.show({ field: null })}
              >
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{portName(node, port.name)}</span>
                  <span className="block text-2xs text-faint">{port.help}</span>
                </span>
                {isRef(arg) ? (
                  <WireLabel arg={arg} />
                ) : (
                  <PortField
                    id={owner.id}
                    port={owner.port === port.name ? port : { ...port, name: owner.port }}
                    value={arg}
                    node={node}
                    texts={session.fields}
                    disabled={!canEdit}
                    className="h-7 w-28 text-xs"
                    onChange={(value, gesture) =>
                      session.edit(
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
      ) : null}
      <CommentField id={id} comment={node.comment} disabled={!canEdit} />
      <p className="text-2xs text-faint">{block.source}</p>
    </div>
  );
}

function WireLabel({ arg }: { readonly arg: Extract<Arg, { from: string }> }) {
  const name = useSnapshot(
    ({ formula }) => statementsOf(formula).names.get(arg.from) ?? formula.nodes[arg.from]?.block ?? 'gone',
  );
  return (
    <code className="max-w-28 truncate rounded-sm bg-accent-soft px-1.5 py-0.5 text-2xs text-accent-text">
      {name}
      {arg.output === undefined ? '' : `.${arg.output}`}
    </code>
  );
}

interface TextProps {
  readonly id: NodeId;
  readonly disabled: boolean;
}

function NameField({ id, name, disabled }: TextProps & { readonly name: string | undefined }) {
  const field = useTextOf(id, '@name', name ?? '');
  return (
    <Field label="Name in code" problem={field.problem ?? undefined}>
      <Input
        {...field.input}
        placeholder="none"
        disabled={disabled}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && field.take()) event.currentTarget.blur();
          if (event.key === 'Escape') field.discard();
        }}
        className="font-mono"
      />
    </Field>
  );
}

function CommentField({ id, comment, disabled }: TextProps & { readonly comment: string | undefined }) {
  const field = useTextOf(id, '@comment', comment ?? '');
  return (
    <Field label="Comment" problem={field.problem ?? undefined}>
      <TextArea rows={2} {...field.input} disabled={disabled} />
    </Field>
  );
}

/** A text of a node that is taken when its field is left, and kept until then. */
function useTextOf(id: NodeId, name: '@name' | '@comment', said: string) {
  const { fields } = useFormulaSession();
  const typed = useFieldText(fields, id, name);
  useEffect(() => () => fields.left(id, name), [fields, id, name]);
  const discard = () => fields.discard(id, name);
  return {
    problem: typed?.problem ?? null,
    discard,
    take: () => fields.take(id, name),
    input: {
      value: typed?.text ?? said,
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
        fields.type(id, name, event.target.value),
      onBlur: () => {
        if (typed?.text === said) discard();
        else fields.left(id, name);
      },
    },
  };
}
