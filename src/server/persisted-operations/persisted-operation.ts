import { GraphQLError, Kind, type DocumentNode } from 'graphql';
import { OperationTooComplexError } from '../../errors/gateway-error.ts';
import { operationCost } from '../operation-limits/operation-cost.ts';
import { parseDocument } from '../operation-limits/parse-document.ts';
import { validateDocument, type DocumentChecks } from '../operation-limits/validate-document.ts';
import type { ManifestEntry } from './manifest-entries.ts';
import { hashOf } from './operation-id.ts';

/** A document that has been parsed and validated, and can be executed as it is. */
export interface PersistedOperation {
  /** As `comparableId` gives it. */
  readonly id: string;
  readonly text: string;
  readonly document: DocumentNode;
}

/** An operation that is ready, or a line for each thing that is wrong with it, which names it. */
type Prepared = { readonly operation: PersistedOperation } | { readonly faults: readonly string[] };

/** Parses and validates one entry of a manifest. */
export function prepareOperation(
  { id, document: text, hashed }: ManifestEntry,
  checks: DocumentChecks,
): Prepared {
  let document: DocumentNode;
  try {
    document = parseDocument(text, checks.maxTokens);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return faultsOf(id, null, [located(error)]);
  }
  if (hashed && hashOf(text) !== id) return faultsOf(id, document, ['its id is not its SHA-256']);
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operations.length === 0) return faultsOf(id, document, ['the document holds no operation']);
  const errors = validateDocument(document, checks);
  if (errors.length > 0) return faultsOf(id, document, errors.map(located));
  try {
    // Whether it may cost too much shows only with its variables.
    for (const operation of operations) operationCost(checks.plans.planOf(document, operation), {});
  } catch (error) {
    if (!(error instanceof OperationTooComplexError)) throw error;
    return faultsOf(id, document, [error.message]);
  }
  return { operation: { id, text, document } };
}

function faultsOf(id: string, document: DocumentNode | null, reasons: readonly string[]): Prepared {
  const names = (document?.definitions ?? []).flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? 'without a name'] : [],
  );
  const name = names.length === 0 ? '' : `${names.join(', ')}, `;
  return { faults: reasons.map((reason) => `operation ${name}id ${printableId(id)}: ${reason}`) };
}

/** A whole hash; of an id that could be anything, what one line of a terminal can show. */
export function printableId(id: string): string {
  return id.slice(0, 64).replaceAll(/[^\x21-\x7E]/g, '?');
}

function located({ message, locations }: GraphQLError): string {
  const [place] = locations ?? [];
  const line = message.replaceAll(/\s+/g, ' ');
  return place === undefined ? line : `${line} (line ${place.line}, column ${place.column})`;
}
