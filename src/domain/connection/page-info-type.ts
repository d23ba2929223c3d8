import { builder } from '../../builder.ts';
import { AS_PARENT } from '../cache-control.ts';

/** Where a page stands in its connection. Cursors are made only when they are asked for. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  startCursor(): string | null;
  endCursor(): string | null;
}

/** GraphQL type of a connection's `pageInfo`. */
export const PageInfoType = builder.objectRef<PageInfo>('PageInfo').implement({
  description: 'Where a page stands in its connection, by the Relay Cursor Connections specification.',
  extensions: AS_PARENT,
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      description: 'Whether items follow this page. Also true while a provider that failed may hold more.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'True exactly when `after` was given: pages run forward only.',
    }),
    startCursor: t.string({
      nullable: true,
      description: 'Cursor of the first edge; null on an empty page.',
      resolve: (pageInfo) => pageInfo.startCursor(),
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last edge, to be given as `after`; null on an empty page.',
      resolve: (pageInfo) => pageInfo.endCursor(),
    }),
  }),
});
