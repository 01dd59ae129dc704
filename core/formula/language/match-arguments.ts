import { portsCalled } from '../blocks/field-names.ts';
import type { Block, Port } from '../model/block.ts';
import type { Argument } from './syntax.ts';

/** An argument of a call, and what it is for. */
interface MatchedArgument {
  readonly argument: Argument;
  /** The ports that get its value; none where it is a misfit. */
  readonly ports: readonly Port[];
  /** Of too many arguments only the first is `surplus`: one problem says all. */
  readonly misfit: { readonly kind: 'twice'; readonly port: string } | { readonly kind: 'unknown' | 'surplus' } | null;
}

/** Which port each argument of a call is for: by its name, or by its place. */
export function matchArguments(block: Block, args: readonly Argument[]): readonly MatchedArgument[] {
  const taken = new Set<string>();
  const surplus = args.findIndex(({ name }, index) => name === undefined && index >= block.inputs.length);
  return args.map((argument, index): MatchedArgument => {
    const { name } = argument;
    const ports = name === undefined ? block.inputs.slice(index, index + 1) : portsCalled(block, name);
    const [port] = ports;
    if (port && !ports.some((each) => taken.has(each.name))) {
      for (const each of ports) taken.add(each.name);
      return { argument, ports, misfit: null };
    }
    if (port) return { argument, ports: [], misfit: { kind: 'twice', port: port.name } };
    if (name !== undefined) return { argument, ports: [], misfit: { kind: 'unknown' } };
    return { argument, ports: [], misfit: index === surplus ? { kind: 'surplus' } : null };
  });
}
