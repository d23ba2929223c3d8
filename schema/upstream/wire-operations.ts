/** The operations of one upstream that the gateway uses, and how their nameless answers are called. */
export interface WireUpstream {
  /** Prefix of every generated name. */
  readonly prefix: 'Metronome' | 'Maple';
  /** The reference document, beside this file. */
  readonly document: string;
  /** Folder of the generated files, from the top of the repository. */
  readonly folder: string;
  /** operationId to the name, without prefix, of an answer that the document does not name; null where it does. */
  readonly operations: Readonly<Record<string, string | null>>;
  /** By operationId, for answers of which the document requires more than the reference promises: what is needed of them. */
  readonly answerRequires: Readonly<Record<string, readonly string[]>>;
  /** Members that every answer of these operations has, though the document leaves them optional. */
  readonly alwaysAnswered: { readonly operations: RegExp; readonly members: readonly string[] } | null;
}

/** Every upstream with the operations whose wire types and validators are generated. */
export const wireUpstreams: readonly WireUpstream[] = [
  {
    prefix: 'Metronome',
    document: 'metronome.openapi.yaml',
    folder: 'src/upstream/metronome',
    operations: {
      listCustomers: null,
      listPlans: null,
      getPlanDetails: 'PlanDetailResponse',
      listPlanCharges: null,
      listCustomerPlans: null,
      listCustomerCosts: null,
      listInvoices: null,
      getInvoice: null,
      listPricingUnits: null,
      addOneTimeCharge: 'AddChargeResponse',
      voidInvoice: null,
      regenerateInvoice: null,
    },
    answerRequires: {},
    alwaysAnswered: null,
  },
  {
    prefix: 'Maple',
    document: 'maple.openapi.yaml',
    folder: 'src/upstream/maple',
    operations: {
      findCustomers: 'CustomerPage',
      getCustomer: null,
      getProduct: null,
      findProductPricings: 'ProductPricingPage',
      getProductPricing: null,
      findBundles: 'BundlePage',
      getBundle: null,
      findSubscriptions: 'SubscriptionPage',
      getSubscription: null,
      findInvoices: 'InvoicePage',
      getInvoice: null,
      getNextInvoice: 'NextInvoice',
      findOneTimeCharges: 'OneTimeChargePage',
      createOneTimeCharges: 'OneTimeCharges',
      voidInvoice: null,
    },
    // maple.md section 6.2: whether an upcoming invoice has what tells an issued one is not stated.
    answerRequires: { getNextInvoice: ['total'] },
    // maple.md section 1.3: an answer of a find has both; a null list stands for an empty one, a missing one does not.
    alwaysAnswered: { operations: /^find/, members: ['pagination', 'results'] },
  },
];
