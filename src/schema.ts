import { GraphQLDeferDirective, specifiedDirectives, type GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import { withCountedNodes } from './domain/operation-cost/count-nodes.ts';
import './domain/scalar/currency-code-scalar.ts';
import './domain/scalar/date-time-scalar.ts';
import './domain/scalar/decimal-scalar.ts';
import './domain/scalar/json-object-scalar.ts';
import './domain/scalar/url-scalar.ts';
import './domain/account/account-type.ts';
import './domain/charge/one-time-charge-type.ts';
import './domain/charge/plan-charge-type.ts';
import './domain/cost/cost-queries.ts';
import './domain/customer/customer-queries.ts';
import './domain/invoice/invoice-lines.ts';
import './domain/invoice/invoice-queries.ts';
import './domain/mutation/add-one-time-charge.ts';
import './domain/mutation/regenerate-invoice.ts';
import './domain/mutation/void-invoice.ts';
import './domain/node/node-queries.ts';
import './domain/plan/customer-plans.ts';
import './domain/plan/plan-queries.ts';
import './domain/provider/provider-info-type.ts';

/** The whole graph. Each import adds its types and fields to the builder. */
export const schema: GraphQLSchema = withCountedNodes(
  builder.toSchema({ directives: [...specifiedDirectives, GraphQLDeferDirective] }),
);
