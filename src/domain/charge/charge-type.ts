import { builder } from '../../builder.ts';
import { AS_PARENT } from '../cache-control.ts';
import { ProviderType } from '../provider/provider-type.ts';
import type { OneTimeCharge, PlanCharge, ProductReference } from './charge.ts';
import { PRODUCT_REFERENCE, resolveProductReference } from './product-reference.ts';
import { held } from '../held.ts';
import { NodeType } from '../node/node-type.ts';

/** GraphQL type of what a charge is for. */
export const ProductType = builder.objectRef<ProductReference>('Product').implement({
  description: 'What a charge is for.',
  extensions: AS_PARENT,
  fields: (t) => ({
    providerId: t.exposeString('providerId', { description: "The provider's own id." }),
    name: t.string({ description: 'Display name.', resolve: ({ name }) => held(name) }),
  }),
});

/** GraphQL interface of everything that a customer can be charged for. */
export const ChargeType = builder.interfaceRef<PlanCharge | OneTimeCharge>('Charge').implement({
  description: 'Something a customer can be, or has been, charged for.',
  interfaces: [NodeType],
  resolveType: ({ type }) => type,
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderType, description: 'Who charges it.' }),
    providerId: t.exposeString('providerId', {
      description:
        "The provider's own id. A one-time charge on a Metronome invoice has none: it is `<invoice id>:<charge id>:<place>`.",
    }),
    name: t.exposeString('name', { description: 'Display name.' }),
    product: t.field({
      type: ProductType,
      nullable: true,
      description: 'What it is for; null where the provider does not say.',
      extensions: PRODUCT_REFERENCE,
      resolve: ({ product }, _, context, info) => resolveProductReference(product, context, info),
    }),
    customFields: t.expose('customFields', {
      type: 'JSONObject',
      description:
        "Metronome custom fields, or the metadata of a Maple plan charge's price. Empty for Maple's one-time charges.",
    }),
  }),
});
