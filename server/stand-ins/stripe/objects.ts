/** The objects of Stripe's API that the stand-in keeps, with the fields that are read by those who ask. */
export interface Customer {
  readonly id: string;
  readonly object: 'customer';
  readonly created: number;
  readonly email: string | null;
  readonly name: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** The number of the card that pays. */
  readonly card: string | null;
}

export interface Price {
  readonly id: string;
  readonly object: 'price';
  readonly active: true;
  readonly nickname: string;
  readonly currency: string;
  readonly unit_amount: number;
  readonly type: 'recurring';
  readonly recurring: { readonly interval: 'month' | 'year'; readonly interval_count: 1 };
}

export interface Item {
  readonly id: string;
  readonly object: 'subscription_item';
  readonly price: Price;
  readonly quantity: number;
  readonly current_period_start: number;
  readonly current_period_end: number;
}

export interface Subscription {
  readonly id: string;
  readonly object: 'subscription';
  readonly created: number;
  readonly customer: string;
  readonly status: 'trialing' | 'active' | 'past_due' | 'canceled';
  readonly items: { readonly object: 'list'; readonly data: readonly [Item]; readonly has_more: false };
  readonly cancel_at: number | null;
  readonly cancel_at_period_end: boolean;
  readonly canceled_at: number | null;
  readonly ended_at: number | null;
  readonly trial_end: number | null;
  readonly latest_invoice: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Invoice {
  readonly id: string;
  readonly object: 'invoice';
  readonly created: number;
  readonly number: string;
  readonly customer: string;
  readonly status: 'paid' | 'open' | 'void';
  readonly total: number;
  readonly amount_due: number;
  readonly amount_paid: number;
  readonly currency: string;
  readonly hosted_invoice_url: string;
  readonly invoice_pdf: string | null;
  readonly status_transitions: { readonly finalized_at: number; readonly paid_at: number | null };
  readonly parent: {
    readonly type: 'subscription_details';
    readonly subscription_details: { readonly subscription: string };
  };
}

export interface CheckoutSession {
  readonly id: string;
  readonly object: 'checkout.session';
  readonly created: number;
  readonly mode: 'subscription';
  readonly customer: string;
  readonly status: 'open' | 'complete' | 'expired';
  readonly payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  readonly subscription: string | null;
  readonly url: string | null;
  readonly success_url: string;
  readonly cancel_url: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly price: string;
  readonly quantity: number;
  readonly trial_days: number;
}

export interface PortalSession {
  readonly id: string;
  readonly object: 'billing_portal.session';
  readonly created: number;
  readonly customer: string;
  readonly return_url: string;
  readonly url: string;
}

export interface StripeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly type: string;
  readonly livemode: false;
  readonly pending_webhooks: number;
  readonly data: { readonly object: StripeObject };
}

export type StripeObject = Customer | Price | Subscription | Invoice | CheckoutSession | PortalSession;
export type ObjectOf<Type extends StripeObject['object']> = Extract<StripeObject, { readonly object: Type }>;
