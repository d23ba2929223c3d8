import type { Plugin } from 'graphql-yoga';
import { notePersistedOperation } from '../telemetry/request-scope.ts';
import { createAutomaticOperations } from './automatic-operations.ts';
import type { PersistedOperations } from './open-persisted-operations.ts';
import {
  badOperationId,
  persistedQueryNotFound,
  persistedQueryNotSupported,
  persistedQueryOnly,
} from './operation-errors.ts';
import { hashOf } from './operation-id.ts';
import type { PersistedOperation } from './persisted-operation.ts';
import { requestedOperation, type RequestedOperation } from './requested-operation.ts';

/** Which operations are executed. */
export interface PersistedOperationsOptions {
  /** `off`: free documents alone. `allow`: those, persisted ones, and those that clients register. `only`: persisted ones alone. */
  readonly mode: 'off' | 'allow' | 'only';
  readonly operations: PersistedOperations;
}

/** What a client registers if it turns out to be valid. */
interface Registration {
  readonly hash: string;
  readonly document: string;
}

/**
 * Executes operations by their ids, and refuses free documents where only persisted ones are wanted. A persisted
 * operation is neither parsed nor validated again: it was when its manifest was loaded, against the same rules.
 *
 * `@graphql-yoga/plugin-persisted-operations` 3.24.1 does not fit. It looks at the document before the id, so that with
 * Apollo's extension the hash is not compared and nothing is registered. It gives a parsed document to the server
 * under a name made of the id, and the server's cache of parsed documents then keeps serving the one of before, once a
 * manifest gives the id another. And in `allow` mode it answers to a request without document and id with an error of
 * its own instead of 400.
 */
export function usePersistedOperations({ mode, operations }: PersistedOperationsOptions): Plugin {
  const automatic = createAutomaticOperations();
  const served = new WeakMap<object, PersistedOperation>();
  const registrations = new WeakMap<object, Registration>();
  return {
    onParams({ request, params, setParams, context }) {
      const requested = requestedOperation(request, params);
      const { id, hasDocument } = requested;
      if (id === null) {
        if (hasDocument && mode === 'only') throw persistedQueryOnly();
        return;
      }
      if (mode === 'off') {
        if (!hasDocument) throw persistedQueryNotSupported();
        return;
      }
      const operation = servedOperation(operations, requested);
      if (operation !== null) {
        setParams({ ...requested.params, query: operation.text });
        served.set(context, operation);
        notePersistedOperation();
        return;
      }
      if (mode === 'only') throw hasDocument ? persistedQueryOnly() : persistedQueryNotFound();
      if (!hasDocument) {
        const query = automatic.find(id);
        if (query === null) throw persistedQueryNotFound();
        setParams({ ...requested.params, query });
        return;
      }
      // A document that is no text is refused further on.
      if (typeof params.query !== 'string') return;
      if (hashOf(params.query) !== id) throw badOperationId('provided sha does not match query');
      registrations.set(context, { hash: id, document: params.query });
    },
    onParse({ context, setParsedDocument }) {
      const operation = served.get(context);
      if (operation !== undefined) setParsedDocument(operation.document);
    },
    onValidate({ context, setResult }) {
      if (served.has(context)) setResult([]);
      const registration = registrations.get(context);
      if (registration === undefined) return;
      return ({ valid }) => {
        if (valid) automatic.add(registration.hash, registration.document);
      };
    },
  };
}

/** The operation of a manifest that a request names; null where it sends another document with it. */
export function servedOperation(
  operations: Pick<PersistedOperations, 'find'>,
  { id, hasDocument, params }: RequestedOperation,
): PersistedOperation | null {
  const operation = id === null ? null : operations.find(id);
  return operation !== null && (!hasDocument || params.query === operation.text) ? operation : null;
}
