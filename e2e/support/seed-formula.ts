import type { Page } from '@playwright/test';
import Elk from 'elkjs/lib/elk.bundled.js';
import { toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { graphOf, movesOf } from '../../src/features/graph/layout-graph.ts';
import { apiOf } from './api.ts';

/** Starts with the first layout: most test files need none. */
let elk: InstanceType<typeof Elk> | undefined;

/** The same formula, laid out as the builder would at its first opening. */
async function arranged(code: string): Promise<string> {
  const { formula } = parse(code);
  elk ??= new Elk();
  const { children = [] } = await elk.layout(graphOf(formula));
  return toJson({ ...formula, layout: Object.fromEntries(movesOf(children).map(({ id, at }) => [id, at])) });
}

export interface Seed {
  readonly name: string;
  /** Empty when there is none. */
  readonly code?: string | undefined;
  /**
   * Whether the builder lays the formula out when it opens: two seconds of computing, for tests that are about the
   * first opening.
   */
  readonly layout?: 'ready' | 'first';
}

/** Makes a formula by the API; gives its address. */
export async function seedFormula(page: Page, { name, code, layout = 'ready' }: Seed): Promise<string> {
  const text = code === undefined || layout === 'first' ? code : await arranged(code);
  const { id } = await apiOf(page).formula.create.mutate({ name, ...(text === undefined ? {} : { code: text }) });
  return `/formulas/${id}`;
}
