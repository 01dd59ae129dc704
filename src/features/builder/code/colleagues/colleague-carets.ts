import { StateEffect, StateField, type Extension, type Range } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  ViewPlugin,
  WidgetType,
  type DecorationSet,
  type PluginValue,
  type ViewUpdate,
} from '@codemirror/view';
import { equalityDeep } from 'lib0/function';
import type { Presence } from '#collab/presence.ts';
import { el } from '../dom.ts';
import { sessionOf } from '../session-facet.ts';
import { Soon } from '../soon.ts';
import { placeOf } from './code-point.ts';

/** A colleague's selection, in this text. */
interface Caret {
  readonly client: number;
  readonly name: string;
  readonly color: string;
  readonly anchor: number;
  readonly head: number;
  /** Counts how often they have moved: their name is shown anew each time. */
  readonly moves: number;
  /** It stands where they are; else it is looked for again when the text changes. */
  readonly isExact: boolean;
}

const setCarets = StateEffect.define<readonly Caret[]>();

const caretField = StateField.define<readonly Caret[]>({
  create: () => [],
  update(carets, { effects, docChanged, changes }) {
    for (const effect of effects) if (effect.is(setCarets)) return effect.value;
    // Between two words from a colleague their place moves with the text around it.
    return docChanged
      ? carets.map((caret) => ({ ...caret, anchor: changes.mapPos(caret.anchor), head: changes.mapPos(caret.head) }))
      : carets;
  },
  provide: (field) => EditorView.decorations.compute([field], (state) => decorate(state.field(field))),
});

function decorate(carets: readonly Caret[]): DecorationSet {
  const ranges = carets.flatMap(({ name, color, anchor, head, moves }): Range<Decoration>[] => {
    const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
    const selection = Decoration.mark({
      attributes: { style: `background-color: color-mix(in oklch, ${color} 22%, transparent)` },
    });
    return [
      Decoration.widget({ widget: new Flag(name, color, moves), side: 1 }).range(head),
      ...(from < to ? [selection.range(from, to)] : []),
    ];
  });
  return Decoration.set(ranges, true);
}

/** A caret with the name of whose it is; the name steps back when it has been still for a while. */
class Flag extends WidgetType {
  readonly #name: string;
  readonly #color: string;
  readonly #moves: number;

  constructor(name: string, color: string, moves: number) {
    super();
    this.#name = name;
    this.#color = color;
    this.#moves = moves;
  }

  override eq(other: Flag): boolean {
    return other.#name === this.#name && other.#color === this.#color && other.#moves === this.#moves;
  }

  override toDOM(): HTMLElement {
    // The name is drawn by the theme: it is no part of the text.
    const flag = el('span', 'cm-colleague');
    flag.dataset['name'] = this.#name;
    flag.dataset['testid'] = `code-cursor-${this.#name}`;
    flag.style.setProperty('--person', this.#color);
    flag.ariaHidden = 'true';
    return flag;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

class FollowCarets implements PluginValue {
  readonly #view: EditorView;
  readonly #unsubscribe: () => void;
  readonly #soon = new Soon(() => this.#show());
  /** What each colleague showed last, as they said it. */
  #said = new Map<number, Presence['code']>();

  constructor(view: EditorView) {
    this.#view = view;
    const session = sessionOf(view.state);
    const unsubscribe = [
      session.subscribeColleagues(() => this.#soon.ask()),
      session.subscribe(() => this.#soon.ask()),
    ];
    this.#unsubscribe = () => unsubscribe.forEach((stop) => stop());
    this.#soon.ask();
  }

  update({ docChanged, state }: ViewUpdate): void {
    if (docChanged && state.field(caretField).some(({ isExact }) => !isExact)) this.#soon.ask();
  }

  destroy(): void {
    this.#soon.cancel();
    this.#unsubscribe();
  }

  #show(): void {
    const { state } = this.#view;
    const shown = new Map(state.field(caretField).map((caret) => [caret.client, caret]));
    const said = new Map<number, Presence['code']>();
    const carets = sessionOf(state)
      .colleagues()
      .flatMap(({ client, user, color, code }): readonly Caret[] => {
        if (!user || !code) return [];
        const known = shown.get(client);
        const isSame = known !== undefined && equalityDeep(this.#said.get(client), code);
        if (known?.isExact && isSame && known.color === color) {
          said.set(client, code);
          return [known];
        }
        const [anchor, head] = [placeOf(state, code.anchor), placeOf(state, code.head)];
        if (!anchor || !head) return [];
        said.set(client, code);
        const moves = (known?.moves ?? 0) + (isSame ? 0 : 1);
        return [
          {
            client,
            name: user.name,
            color,
            anchor: anchor.at,
            head: head.at,
            moves,
            isExact: anchor.isExact && head.isExact,
          },
        ];
      });
    this.#said = said;
    if (carets.length !== shown.size || carets.some((caret) => shown.get(caret.client) !== caret))
      this.#view.dispatch({ effects: setCarets.of(carets) });
  }
}

/** The carets and selections of the others, each in their colour and with their name. */
export const colleagueCarets: Extension = [caretField, ViewPlugin.fromClass(FollowCarets)];
