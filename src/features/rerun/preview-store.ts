import { createEmitter } from '#core/emitter/emitter.ts';
import type { Span } from '#core/engine/figures/benchmark.ts';
import type { BacktestResult } from '#core/engine/outcome/backtest-result.ts';
import type { Settings } from '#core/engine/outcome/settings.ts';
import type { PreviewProblem } from '#core/engine/preview.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { BAR_COLUMNS, type Bars } from '#core/market/bars.ts';
import { Lights } from './lights.ts';
import { columnsOf, type ListedBars } from './listed-bars.ts';
import type { BarStory, DrawnSeries, FromWorker, NodeValues, ToWorker, Wondered } from './protocol.ts';
import { Sparks } from './sparks.ts';

/** What a run is made of. */
export interface PreviewMade {
  readonly formula: Formula;
  readonly bars: ListedBars;
}

/** What the last run that could be made has shown, and why the newest could not. */
export interface PreviewState {
  /** Of what the result is made, which is not what is on screen while that has a problem; null without a result. */
  readonly made: PreviewMade | null;
  readonly result: BacktestResult | null;
  /** What the bars of the result lack, in words. */
  readonly doubts: readonly string[];
  readonly milliseconds: number;
  /** Null when the result is that of the formula as it is now. */
  readonly problem: PreviewProblem | null;
  readonly drawn: readonly DrawnSeries[];
  /** The bar that is explained; null for none. */
  readonly story: BarStory | null;
}

export const IDLE_PREVIEW: PreviewState = {
  made: null,
  result: null,
  doubts: [],
  milliseconds: 0,
  problem: null,
  drawn: [],
  story: null,
};

const NO_VALUES: NodeValues = new Map();

/** What is asked first where several questions wait. */
const ORDER = ['run', 'look', 'story', 'series', 'sparks'] as const;

type BarsForWorker = Extract<ToWorker, { readonly type: 'bars' }>;

const buffersOf = (bars: Bars): ArrayBuffer[] =>
  BAR_COLUMNS.map((name) => bars[name].buffer).filter((buffer) => buffer instanceof ArrayBuffer);

/**
 * The page's end of the preview. One question is with the worker at a time; of what is asked meanwhile only the newest
 * run, look and series are kept, so that it is never behind by more than one answer.
 */
export class PreviewStore {
  readonly #worker: Worker;
  readonly #changed = createEmitter<void>();
  readonly #valuesChanged = createEmitter<void>();
  readonly #waiting = new Map<ToWorker['type'], ToWorker>();
  #isBusy = false;
  #bars: ListedBars | null = null;
  /** What the run that the worker has in hand is made of. */
  #running: PreviewMade | null = null;
  #state = IDLE_PREVIEW;
  #values = NO_VALUES;
  #bar = 0;
  #call: NodeId | null = null;
  #nodes: readonly NodeId[] = [];
  #wondered: Wondered | null = null;
  readonly lights = new Lights();
  readonly sparks = new Sparks((nodes, span) => this.#ask({ type: 'sparks', nodes, span }));

  constructor() {
    this.#worker = new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#receive(data));
  }

  /**
   * Bars to run on, until others come. Their columns are made for the worker and handed over: no message copies them.
   */
  load(own: ListedBars, feeds: ReadonlyMap<string, ListedBars>): void {
    const message: BarsForWorker = {
      type: 'bars',
      own: columnsOf(own),
      feeds: new Map([...feeds].map(([symbol, bars]) => [symbol, columnsOf(bars)])),
    };
    this.#worker.postMessage(message, { transfer: [message.own, ...message.feeds.values()].flatMap(buffersOf) });
    // A bar is explained by its number: other bars have others.
    if (this.#bars !== null && this.#bars !== own) this.explain(null);
    this.#bars = own;
    this.#bar = own.length - 1;
  }

  run(formula: Formula, settings: Settings, span?: Span): void {
    this.#ask({ type: 'run', formula, settings, ...(span ? { span } : {}) });
  }

  /** Shows the values at this bar. */
  look(bar: number): void {
    if (bar === this.#bar) return;
    this.#bar = bar;
    this.#look();
  }

  /** Shows the values of what a function is made of in this call of it, by the id that the call has written out. */
  enter(call: NodeId | null): void {
    if (call === this.#call) return;
    this.#call = call;
    this.#look();
  }

  #look(): void {
    this.#ask({ type: 'look', bar: this.#bar, call: this.#call });
  }

  /** Draws the outputs of these nodes. */
  draw(nodes: readonly NodeId[]): void {
    if (nodes.length === this.#nodes.length && nodes.every((node, index) => node === this.#nodes[index])) return;
    this.#nodes = nodes;
    if (nodes.length === 0) this.#publish({ drawn: [] });
    else this.#ask({ type: 'series', nodes });
  }

  /** Explains a bar, and again after each run; null explains none. */
  explain(of: Wondered | null): void {
    this.#wondered = of;
    if (of) this.#ask({ type: 'story', of });
    else {
      this.#waiting.delete('story');
      this.#publish({ story: null });
    }
  }

  /** The bar that is looked at. */
  get bar(): number {
    return this.#bar;
  }

  readonly state = (): PreviewState => this.#state;
  readonly subscribe = this.#changed.subscribe;

  /** The value of an output at the bar that is looked at; undefined while it is not known. */
  readonly value = (node: NodeId, output: number): number | undefined => this.#values.get(node)?.[output];
  readonly subscribeValues = this.#valuesChanged.subscribe;

  close(): void {
    this.#worker.terminate();
    this.#changed.clear();
    this.sparks.close();
    this.lights.close();
    this.#valuesChanged.clear();
  }

  #ask(message: ToWorker): void {
    this.#waiting.set(message.type, message);
    this.#next();
  }

  #next(): void {
    if (this.#isBusy) return;
    const message = ORDER.flatMap((type) => this.#waiting.get(type) ?? [])[0];
    if (!message) return;
    this.#waiting.delete(message.type);
    this.#isBusy = true;
    if (message.type === 'run') this.#running = this.#bars && { formula: message.formula, bars: this.#bars };
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    this.#isBusy = false;
    switch (message.type) {
      case 'ran':
        this.#publish({
          made: this.#running,
          result: message.result,
          doubts: message.doubts,
          milliseconds: message.milliseconds,
          problem: null,
        });
        this.#waiting.set('look', { type: 'look', bar: this.#bar, call: this.#call });
        if (this.#nodes.length > 0) this.#waiting.set('series', { type: 'series', nodes: this.#nodes });
        if (this.#wondered) this.#waiting.set('story', { type: 'story', of: this.#wondered });
        this.sparks.askAgain();
        break;
      case 'problem':
        this.#publish({ problem: message.problem });
        break;
      case 'values':
        this.#values = message.values;
        this.#valuesChanged.emit();
        break;
      case 'series':
        if (this.#nodes.length > 0) this.#publish({ drawn: message.series });
        break;
      case 'sparks':
        this.sparks.take(message.sparks);
        break;
      case 'story':
        // From here on the bar is meant, not the fill that led to it.
        if (this.#wondered && message.story) this.#wondered = { kind: 'bar', bar: message.story.bar };
        if (this.#wondered) this.#publish({ story: message.story });
        break;
    }
    this.#next();
  }

  #publish(change: Partial<PreviewState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.emit();
  }
}
