import SchemaBuilder from '@pothos/core';
import type { RequestContext } from './domain/request-context.ts';
import type { JsonObject } from './json/json-object.ts';
import type { CurrencyCode } from './money/currency.ts';
import type { Decimal } from './money/decimal.ts';
import type { Instant } from './time/instant.ts';

/** What GraphQL types and scalars stand for in TypeScript. */
export interface SchemaTypeOptions {
  Context: RequestContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Instant; Output: Instant };
    Decimal: { Input: Decimal; Output: Decimal };
    CurrencyCode: { Input: CurrencyCode; Output: CurrencyCode };
    URL: { Input: string; Output: string };
    JSONObject: { Input: JsonObject; Output: JsonObject };
  };
}

/** The same, extended by Pothos: what refs and field builders are typed with. */
export type SchemaTypes = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypeOptions>;

/** The code-first schema under construction; `schema.ts` builds it once every type has been added. */
export const builder = new SchemaBuilder<SchemaTypeOptions>({ defaultFieldNullability: false });

builder.queryType({ description: 'Reads over both billing systems.' });
builder.mutationType({ description: 'Writes to one billing system at a time.' });
