import { createHash } from 'node:crypto';
import { fieldsOf, listOf, numberOf, textOf, type Fields } from './form.ts';
import type { CheckoutSession, Customer, PortalSession, Price, Subscription } from './objects.ts';
import { newId, now, type Store } from './store.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface Answer {
  readonly status: number;
  readonly body: object;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly fields: Fields;
  readonly idempotencyKey: string | undefined;
  readonly secretKey: string | undefined;
}

class Refusal extends Error {
  readonly answer: Answer;
  constructor(status: number, type: string, message: string, param?: string) {
    super(message);
    this.answer = { status, body: { error: { type, message, ...(param === undefined ? {} : { param }) } } };
  }
}

const invalid = (message: string, param?: string) => new Refusal(400, 'invalid_request_error', message, param);
const missing = (what: string, id: string) =>
  new Refusal(404, 'invalid_request_error', `No such ${what}: '${id}'`, 'id');

interface Parts {
  readonly store: Store;
  readonly subscriptions: Subscriptions;
  readonly secretKey: string;
  readonly address: () => string;
}

/** What programs ask: the part of Stripe's API, version 1, that has to do with subscriptions. */
export class Api {
  readonly #parts: Parts;
  readonly #answered = new Map<string, { readonly asked: string; readonly answer: Answer }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  answer(asked: Asked): Answer {
    try {
      if (asked.secretKey !== this.#parts.secretKey)
        throw new Refusal(401, 'invalid_request_error', 'Invalid API Key provided.');
      return asked.method === 'GET' ? this.#get(asked) : this.#once(asked);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  /** A key is for one request: the same one is answered as before, another one is refused. */
  #once(asked: Asked): Answer {
    const { idempotencyKey: key } = asked;
    if (key === undefined) return this.#change(asked);
    const hash = createHash('sha256')
      .update(`${asked.path} ${JSON.stringify(asked.fields)}`)
      .digest('hex');
    const before = this.#answered.get(key);
    if (before && before.asked !== hash)
      throw new Refusal(
        400,
        'idempotency_error',
        'Keys for idempotent requests can only be used with the same parameters they were first used with.',
      );
    const answer = before?.answer ?? this.#change(asked);
    this.#answered.set(key, { asked: hash, answer });
    return answer;
  }

  #get({ path, fields }: Asked): Answer {
    const { store } = this.#parts;
    const [, , kind = '', id] = path.split('/');
    if (kind === 'checkout' || kind === 'billing_portal')
      return this.#one('checkout.session', path.split('/')[4] ?? '', fields);
    if (id !== undefined) return this.#one(NAMES[kind] ?? 'price', id, fields);
    const customer = textOf(fields['customer']);
    const isOf = (one: { readonly customer: string }) => customer === undefined || one.customer === customer;
    switch (kind) {
      case 'subscriptions': {
        const status = textOf(fields['status']);
        const wanted = (one: Subscription) =>
          status === 'all' || (status === undefined ? one.status !== 'canceled' : one.status === status);
        return this.#page(
          path,
          store.list('subscription').filter((one) => isOf(one) && wanted(one)),
          fields,
        );
      }
      case 'invoices':
        return this.#page(path, store.list('invoice').filter(isOf), fields);
      case 'prices':
        return this.#page(path, store.list('price'), fields);
      case 'customers':
        return this.#page(path, store.list('customer'), fields);
      case 'events': {
        const since = numberOf(fieldsOf(fields['created'])['gte']) ?? 0;
        const type = textOf(fields['type']);
        const found = store
          .events()
          .filter((event) => event.created >= since && (type === undefined || event.type === type));
        return this.#page(path, found, fields);
      }
      default:
        throw new Refusal(404, 'invalid_request_error', `Unrecognized request URL (GET: ${path}).`);
    }
  }

  #one(type: Parameters<Store['find']>[0], id: string, fields: Fields): Answer {
    const found = this.#parts.store.find(type, id);
    if (!found) throw missing(type, id);
    return { status: 200, body: this.#expand(found, fields, '') };
  }

  #page(url: string, all: readonly { readonly id: string }[], fields: Fields): Answer {
    const limit = numberOf(fields['limit']) ?? 10;
    if (limit < 1 || limit > 100) throw invalid('This value must be between 1 and 100.', 'limit');
    const after = textOf(fields['starting_after']);
    const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && from === 0) throw invalid(`No such object: '${after}'`, 'starting_after');
    const data = all.slice(from, from + limit).map((one) => this.#expand(one, fields, 'data.'));
    return { status: 200, body: { object: 'list', url, has_more: from + limit < all.length, data } };
  }

  /** Ids that the request wants to see as objects. */
  #expand(object: object, fields: Fields, prefix: string): object {
    const wanted = listOf(fields['expand']).flatMap((path) =>
      typeof path === 'string' && path.startsWith(prefix) ? [path.slice(prefix.length)] : [],
    );
    const expanded = wanted.map((name) => {
      const id = (object as Readonly<Record<string, unknown>>)[name];
      return [name, (typeof id === 'string' && this.#parts.store.get(id)) || id];
    });
    return { ...object, ...Object.fromEntries(expanded) };
  }

  #change({ method, path, fields }: Asked): Answer {
    const { store, subscriptions } = this.#parts;
    const [, , kind = '', id = ''] = path.split('/');
    const made = (body: object): Answer => ({ status: 200, body });
    if (path === '/v1/customers') return made(this.#makeCustomer(fields));
    if (path === '/v1/checkout/sessions') return made(this.#makeCheckout(fields));
    if (path === '/v1/billing_portal/sessions') return made(this.#makePortal(fields));
    if (kind === 'subscriptions') {
      const before = store.find('subscription', id);
      if (!before) throw missing('subscription', id);
      if (method === 'DELETE') return made(subscriptions.end(before));
      const cancels = textOf(fields['cancel_at_period_end']);
      if (cancels !== undefined) return made(subscriptions.cancelAtEnd(before, cancels === 'true'));
      const [item] = listOf(fields['items']).map(fieldsOf);
      return made(subscriptions.change(before, this.#changesOf(item ?? {})));
    }
    if (kind === 'subscription_items') {
      const before = store.list('subscription').find(({ items }) => items.data[0].id === id);
      if (!before) throw missing('subscription_item', id);
      return made(subscriptions.change(before, this.#changesOf(fields)).items.data[0]);
    }
    throw new Refusal(404, 'invalid_request_error', `Unrecognized request URL (${method}: ${path}).`);
  }

  #changesOf(fields: Fields): { price?: Price; quantity?: number } {
    const named = textOf(fields['price']);
    const price = this.#parts.store.find('price', named);
    if (named !== undefined && !price) throw missing('price', named);
    const quantity = numberOf(fields['quantity']);
    return { ...(price ? { price } : {}), ...(quantity === undefined ? {} : { quantity }) };
  }

  #makeCustomer(fields: Fields): Customer {
    return this.#parts.store.put<Customer>(
      {
        id: newId('cus'),
        object: 'customer',
        created: now(),
        email: textOf(fields['email']) ?? null,
        name: textOf(fields['name']) ?? null,
        metadata: textsOf(fieldsOf(fields['metadata'])),
        card: null,
      },
      'customer.created',
    );
  }

  #customerOf(fields: Fields): string {
    const customer = textOf(fields['customer']) ?? '';
    if (!this.#parts.store.find('customer', customer)) throw missing('customer', customer);
    return customer;
  }

  #makeCheckout(fields: Fields): CheckoutSession {
    const { store, address } = this.#parts;
    const line = fieldsOf(listOf(fields['line_items'])[0]);
    const price = store.find('price', textOf(line['price']));
    if (!price) throw missing('price', textOf(line['price']) ?? '');
    if (textOf(fields['mode']) !== 'subscription') throw invalid('Only subscriptions are sold here.', 'mode');
    const success = textOf(fields['success_url']);
    if (success === undefined) throw invalid('Missing required param: success_url.', 'success_url');
    const subscription = fieldsOf(fields['subscription_data']);
    const id = newId('cs_test');
    return store.put<CheckoutSession>({
      id,
      object: 'checkout.session',
      created: now(),
      mode: 'subscription',
      customer: this.#customerOf(fields),
      status: 'open',
      payment_status: 'unpaid',
      subscription: null,
      url: `${address()}/c/pay/${id}`,
      success_url: success.replace('{CHECKOUT_SESSION_ID}', id),
      cancel_url: textOf(fields['cancel_url']) ?? success,
      metadata: textsOf(fieldsOf(subscription['metadata'])),
      price: price.id,
      quantity: numberOf(line['quantity']) ?? 1,
      trial_days: numberOf(subscription['trial_period_days']) ?? 0,
    });
  }

  #makePortal(fields: Fields): PortalSession {
    const id = newId('bps');
    return this.#parts.store.put<PortalSession>({
      id,
      object: 'billing_portal.session',
      created: now(),
      customer: this.#customerOf(fields),
      return_url: textOf(fields['return_url']) ?? '',
      url: `${this.#parts.address()}/p/session/${id}`,
    });
  }
}

const NAMES: Readonly<Record<string, 'customer' | 'subscription' | 'invoice' | 'price'>> = {
  customers: 'customer',
  subscriptions: 'subscription',
  invoices: 'invoice',
  prices: 'price',
};

const textsOf = (fields: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
