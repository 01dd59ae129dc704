import fc from 'fast-check';

/** Code with functions, and the same strategy with each call written out, by a way of its own to do so. */
export interface Program {
  readonly code: string;
  readonly plain: string;
}

type Kind = 'number' | 'condition' | 'length';

type Term =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  /** `$0`, `$1` … stand for the parts. */
  | { readonly kind: 'form'; readonly form: string; readonly parts: readonly Term[] }
  | { readonly kind: 'call'; readonly callee: Func; readonly given: readonly Given[]; readonly output: string | null };

interface Given {
  readonly param: string;
  readonly term: Term;
  readonly isNamed: boolean;
}

interface Param {
  readonly name: string;
  readonly kind: Kind;
  readonly default: string | null;
}

interface Func {
  readonly name: string;
  readonly params: readonly Param[];
  readonly lines: readonly (readonly [name: string, term: Term])[];
  readonly results: readonly { readonly name: string | null; readonly kind: Kind; readonly term: Term }[];
}

const PRICES = ['close', 'open', 'high', 'low', 'volume', 'barIndex'];
/** Names that printed code makes up, that other things have, and that every object has. */
const NAMES = ['x', 'sma1', 'gt1', 'source', 'length', 'value', 't1', 'f9'];
const RESULTS = ['upper', 'lower', 'x', 'close', 'value', 'in', 'fn'];
const NUMBERS = ['$0 + $1', '$0 - $1', 'sma($0, 3)', 'highest($0, 2)', 'where($2, $0, $1)', 'max($0, 2.5)', '($0)[2]'];
const CONDITIONS = ['$0 > $1', 'crossover($0, $1)', 'cross($0, $1)', '$2 and $2', '$2 or $2', 'not $2', '$0 <= $1'];

/** The strategies of small programs, with and without their functions. */
export const arbitraryProgram: fc.Arbitrary<Program> = fc
  .array(fc.nat(0xffff), { minLength: 60, maxLength: 300 })
  .map((numbers) => new Programmer(numbers).write());

class Programmer {
  readonly #numbers: readonly number[];
  readonly #functions: Func[] = [];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  write(): Program {
    for (let of = 1 + this.#below(3); of > 0; of -= 1) this.#functions.push(this.#function(`f${of}`));
    const known = new Map<string, Kind>([['n', 'length']]);
    const lines: (readonly [string, Term])[] = [];
    for (let of = 1 + this.#below(3); of > 0; of -= 1) {
      const kind = this.#pick<Kind>(['number', 'condition']);
      lines.push([`line${of}`, this.#term(kind, known, 2)]);
      known.set(`line${of}`, kind);
    }
    const [buy, sell] = [this.#term('condition', known, 2), this.#term('condition', known, 1)];
    const input = 'input n = 3 in 2..9\n';
    const body = (text: (term: Term) => string): string =>
      `${lines.map(([name, term]) => `${name} = ${text(term)}\n`).join('')}buy(when: ${text(buy)})\nsell(when: ${text(sell)})\n`;
    const functions = this.#functions.map(functionText).join('');
    return {
      code: input + (this.#one(2) ? functions + body(textOf) : body(textOf) + functions),
      plain: input + body((term) => textOf(written(term, new Map()))),
    };
  }

  #function(name: string): Func {
    const [params, lines, known] = [[] as Param[], [] as [string, Term][], new Map<string, Kind>([['n', 'length']])];
    for (let of = this.#below(4); of > 0; of -= 1) {
      const [own, kind] = [this.#pick(NAMES), this.#pick<Kind>(['number', 'number', 'condition', 'length'])];
      if (known.has(own)) continue;
      const fallback = kind === 'length' ? '4' : kind === 'condition' ? 'true' : null;
      params.push({ name: own, kind, default: this.#one(2) ? fallback : null });
      known.set(own, kind);
    }
    for (let of = this.#below(3); of > 0; of -= 1) {
      const [own, kind] = [this.#pick(NAMES), this.#pick<Kind>(['number', 'condition'])];
      if (known.has(own)) continue;
      lines.push([own, this.#term(kind, known, 1)]);
      known.set(own, kind);
    }
    const count = this.#one(2) ? 1 : 2;
    const from = this.#below(RESULTS.length);
    const results = Array.from({ length: count }, (_, index) => {
      const kind = this.#pick<Kind>(['number', 'condition']);
      const own = count === 1 ? null : (RESULTS[(from + index) % RESULTS.length] ?? null);
      return { name: own, kind, term: this.#term(kind, known, 1) };
    });
    return { name, params, lines, results };
  }

  #term(kind: Kind, known: ReadonlyMap<string, Kind>, depth: number): Term {
    const names = [...known].flatMap(([name, of]) => (of === kind ? [name] : []));
    if (kind === 'length' || (names.length > 0 && this.#one(3)))
      return names.length > 0 ? { kind: 'name', name: this.#pick(names) } : { kind: 'text', text: '3' };
    const call = this.#one(2) ? this.#call(kind, known, depth) : null;
    if (call) return call;
    if (kind === 'number' && (depth === 0 || this.#one(3))) return { kind: 'text', text: this.#pick(PRICES) };
    if (kind === 'condition' && depth === 0) return { kind: 'text', text: 'close > open' };
    const form = this.#pick(kind === 'number' ? NUMBERS : CONDITIONS);
    const parts = (['number', 'number', 'condition'] as const).map((of) => this.#term(of, known, depth - 1));
    return { kind: 'form', form, parts };
  }

  #call(kind: Kind, known: ReadonlyMap<string, Kind>, depth: number): Term | null {
    const fitting = this.#functions.flatMap((callee) =>
      callee.results.flatMap(({ kind: given, name }) => (given === kind ? [{ callee, name }] : [])),
    );
    if (fitting.length === 0 || depth === 0) return null;
    const { callee, name } = this.#pick(fitting);
    let isNamed = this.#one(3);
    const given = callee.params.flatMap((param): Given[] => {
      if (param.default !== null && this.#one(2)) {
        isNamed = true;
        return [];
      }
      return [{ param: param.name, term: this.#term(param.kind, known, depth - 1), isNamed }];
    });
    return {
      kind: 'call',
      callee,
      given: isNamed
        ? [...given.filter((each) => !each.isNamed), ...given.filter((each) => each.isNamed).reverse()]
        : given,
      output: name,
    };
  }

  #below(bound: number): number {
    this.#at += 1;
    return (this.#numbers[this.#at % this.#numbers.length] ?? 0) % Math.max(1, bound);
  }

  #one(of: number): boolean {
    return this.#below(of) === 0;
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[this.#below(items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }
}

function functionText({ name, params, lines, results }: Func): string {
  const head = params.map((param) => (param.default === null ? param.name : `${param.name} = ${param.default}`));
  const body = lines.map(([own, term]) => `  ${own} = ${textOf(term)}\n`).join('');
  const given = results.map((result) => (result.name === null ? '' : `${result.name}: `) + textOf(result.term));
  return `fn ${name}(${head.join(', ')}) =\n${body}  return ${given.join(', ')}\n`;
}

function textOf(term: Term): string {
  switch (term.kind) {
    case 'text':
      return term.text;
    case 'name':
      return term.name;
    case 'form':
      return `(${term.form.replaceAll(/\$(\d)/g, (_, at: string) => {
        const part = term.parts[Number(at)];
        return part ? `(${textOf(part)})` : '';
      })})`;
    case 'call': {
      const given = term.given.map(({ param, term: each, isNamed }) => (isNamed ? `${param}: ` : '') + textOf(each));
      return `${term.callee.name}(${given.join(', ')})${term.output === null ? '' : `.${term.output}`}`;
    }
  }
}

/** The term with what its names stand for, and without calls. */
function written(term: Term, names: ReadonlyMap<string, Term>): Term {
  switch (term.kind) {
    case 'text':
      return term;
    case 'name':
      return names.get(term.name) ?? term;
    case 'form':
      return { ...term, parts: term.parts.map((part) => written(part, names)) };
    case 'call': {
      const { callee, given, output } = term;
      const own = new Map<string, Term>(
        callee.params.map(({ name, default: fallback }) => {
          const argument = given.find(({ param }) => param === name);
          return [name, argument ? written(argument.term, names) : { kind: 'text', text: fallback ?? '' }];
        }),
      );
      for (const [name, line] of callee.lines) own.set(name, written(line, own));
      const result = callee.results.find(({ name }) => name === output) ?? callee.results[0];
      return result ? written(result.term, own) : { kind: 'text', text: 'na' };
    }
  }
}
