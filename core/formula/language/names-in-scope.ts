import { findBlock, isBareName } from '../blocks/catalogue.ts';
import type { Block } from '../model/block.ts';
import type { Span } from '../model/diagnostic.ts';
import type { NodeId } from '../model/formula.ts';
import { blockOfCall } from './block-of-call.ts';
import type { Problems } from './problems.ts';
import type { Statement } from './syntax.ts';
import { unknownName } from './unknown-names.ts';

/** The function that is read, with its names. */
interface Scope {
  readonly id: NodeId;
  readonly named: Map<string, NodeId>;
}

/** What names mean where the code is read: in the strategy, or in one of its functions. */
export class NamesInScope {
  /** Statement name → its node, known before any expression is read: the order of statements is free. */
  readonly #named = new Map<string, NodeId>();
  /** Names of inputs, which a function knows, too. */
  readonly #inputs = new Set<string>();
  readonly #functions = new Map<string, { readonly id: NodeId; readonly block: Block }>();
  /** Null outside of any function. */
  #scope: Scope | null = null;
  readonly #problems: Problems;
  readonly #lost: ReadonlySet<string>;

  /** `lost`: names of statements that could not be read. */
  constructor(problems: Problems, lost: ReadonlySet<string>) {
    this.#problems = problems;
    this.#lost = lost;
  }

  /** The function that is read; null outside of any. */
  get scope(): NodeId | null {
    return this.#scope?.id ?? null;
  }

  enter(functionId: NodeId): void {
    this.#scope = { id: functionId, named: new Map() };
  }

  leave(): void {
    this.#scope = null;
  }

  /** Gives the name of a statement its meaning, or says why it can't have the name. */
  announce(statement: Statement, id: NodeId): void {
    if (statement.kind === 'action') return;
    const { name, nameSpan } = statement;
    const named = this.#scope?.named ?? this.#named;
    if (statement.kind === 'input') this.#inputs.add(name);
    if (statement.kind === 'function') this.#functions.set(name, { id, block: blockOfCall(statement) });
    if (named.has(name) || (this.#scope && this.#inputs.has(name)))
      this.#problems.add('duplicate-name', nameSpan, `\`${name}\` is defined twice. Give one of them another name.`, {
        nodeId: id,
      });
    else if (isBareName(name) || (statement.kind === 'function' && findBlock(name))) this.#reserved(name, id, nameSpan);
    else named.set(name, id);
  }

  /** The same of a parameter of the function that is read. */
  announceParameter(name: string, id: NodeId, span: Span): void {
    const named = this.#scope?.named ?? this.#named;
    if (named.has(name) || isBareName(name) || this.#inputs.has(name)) this.#reserved(name, id, span);
    else named.set(name, id);
  }

  #reserved(name: string, nodeId: NodeId, span: Span): void {
    this.#problems.add('reserved', span, `\`${name}\` has a meaning already; choose another name.`, { nodeId });
  }

  /** The node of that name where the code is read. */
  find(name: string): NodeId | undefined {
    if (!this.#scope) return this.#functions.has(name) ? undefined : this.#named.get(name);
    return this.#scope.named.get(name) ?? (this.#inputs.has(name) ? this.#named.get(name) : undefined);
  }

  functionCalled(name: string): { readonly id: NodeId; readonly block: Block } | undefined {
    return this.#functions.get(name);
  }

  /** Whether a statement of that name is there and could not be read. */
  isLost(name: string): boolean {
    return this.#lost.has(name);
  }

  tellUnknown(name: string, span: Span): void {
    // A list that is full takes no more; looking for a name like this one is what costs.
    if (this.#problems.isFull) return;
    if (this.#functions.has(name)) {
      this.#problems.add('unknown-name', span, `\`${name}\` is a function: write \`${name}(…)\`.`);
      return;
    }
    if (this.#scope && this.#named.has(name)) {
      const message = `\`${name}\` is outside of the function: make it a parameter, and give it where the function is called.`;
      this.#problems.add('outside-function', span, message);
      return;
    }
    const { message, fix } = unknownName(name, span, (this.#scope?.named ?? this.#named).keys());
    this.#problems.add('unknown-name', span, message, { fix });
  }
}
