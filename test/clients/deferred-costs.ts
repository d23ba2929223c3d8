import { parse } from 'graphql';
import type { TypedDocumentNode } from '@apollo/client/core';
import { identifier, june } from './client-gateway.ts';

interface Result {
  readonly account: { readonly name: string; readonly costTotals?: readonly { readonly amount: string }[] };
}

/** Asks for a name, and for costs that may come later. */
export const deferredCosts: TypedDocumentNode<Result, Record<string, never>> = parse(`
  query DeferredCosts {
    account(identifier: "${identifier}") {
      id
      name
      ... @defer {
        costTotals(from: "${june.from}", to: "${june.to}") {
          amount
        }
      }
    }
  }
`);
