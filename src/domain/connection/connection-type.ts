import type { FieldMap, ObjectRef } from '@pothos/core';
import { builder, type SchemaTypes } from '../../builder.ts';
import { AS_PARENT } from '../cache-control.ts';
import { PAGE_ITEMS } from '../operation-cost/field-cost.ts';
import { providerFailureOf, ProviderFailureType } from '../provider/provider-failure-type.ts';
import type { Connection, Edge } from './connection.ts';
import { PageInfoType } from './page-info-type.ts';

/** Arguments of a connection field; only forward, since no upstream can page backwards. */
export function connectionArguments(defaultFirst: number) {
  return builder.args((t) => ({
    first: t.int({
      required: false,
      defaultValue: defaultFirst,
      description: `How many items to give, 0 to 100; null means ${defaultFirst}.`,
    }),
    after: t.string({ required: false, description: 'The cursor of the edge after which to go on.' }),
  }));
}

interface ConnectionTypeOptions<T, Node extends object> {
  /** Of the node; the connection is `<name>Connection` and its edge `<name>Edge`. */
  readonly name: string;
  /** In the plural, for descriptions: `invoices`. */
  readonly plural: string;
  readonly node: ObjectRef<SchemaTypes, Node>;
  /** The node of an item; the item itself where it is the node. */
  readonly nodeOf: (item: T) => Node;
  /** Whether the connection can draw on both providers, and so has `failures`. */
  readonly merged: boolean;
  /** What the edge itself says, beyond its node. */
  readonly edgeFields?: (t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Edge<T>>) => FieldMap;
}

/** The connection and edge types of one kind of node. */
export function connectionType<T, Node extends object>(
  options: ConnectionTypeOptions<T, Node>,
): ObjectRef<SchemaTypes, Connection<T>> {
  const { name, plural, nodeOf } = options;
  // Pothos cannot tell an object from a list while Node is open, so inside it is just an object.
  const node: ObjectRef<SchemaTypes, object> = options.node;
  const edge = builder.objectRef<Edge<T>>(`${name}Edge`).implement({
    description: `One of the ${plural} of a page, with its cursor.`,
    extensions: AS_PARENT,
    fields: (t) => ({
      cursor: t.string({
        description: 'Give it as `after` to go on behind this edge.',
        resolve: (parent) => parent.cursor(),
      }),
      node: t.field({
        type: node,
        description: 'The item itself.',
        resolve: (parent): object => nodeOf(parent.item),
      }),
      ...options.edgeFields?.(t),
    }),
  });
  return builder.objectRef<Connection<T>>(`${name}Connection`).implement({
    description: `A page of ${plural}, by the Relay Cursor Connections specification.`,
    extensions: AS_PARENT,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The items with their cursors.',
        extensions: PAGE_ITEMS,
        resolve: ({ edges }) => edges,
      }),
      nodes: t.field({
        type: [node],
        description: 'The items without their cursors.',
        extensions: PAGE_ITEMS,
        resolve: ({ edges }): object[] => edges.map(({ item }) => nodeOf(item)),
      }),
      pageInfo: t.field({
        type: PageInfoType,
        description: 'Where this page stands.',
        resolve: ({ pageInfo }) => pageInfo,
      }),
      ...(options.merged && {
        failures: t.field({
          type: [ProviderFailureType],
          description: 'Providers whose part is missing from this page; each is also a located error.',
          resolve: ({ failures }) => failures.map(providerFailureOf),
        }),
      }),
    }),
  });
}
