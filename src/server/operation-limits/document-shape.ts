import {
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type SelectionSetNode,
} from 'graphql';
import { tooComplex } from './refusal.ts';

/** What a document may hold; see docs/limits.md. */
export interface ShapeLimits {
  readonly maxAliases: number;
}

/** Each is looked at for each object of the answer; an app seldom needs more than one for each part of a page. */
const MAX_DIRECTIVES = 100;
/** Inputs of the schema nest four levels deep, free-form metadata somewhat more. */
const MAX_VALUE_DEPTH = 50;
/**
 * Validation compares all fields of one name in one place with each other, and all fragments: a few thousand
 * comparisons take milliseconds, the millions that a short document can ask for take seconds.
 */
const MAX_COMPARISONS = 20_000;
/** So many fields are looked at, once for each way by which fragments lead to them. */
const MAX_PLACES = 20_000;

/**
 * What is too much about a document, found before it is validated, since validation itself can be made to take long;
 * null where nothing is. Knows no schema.
 */
export function shapeFault(document: DocumentNode, { maxAliases }: ShapeLimits): GraphQLError | null {
  const { aliases, directives, valueDepth } = countsOf(document);
  if (aliases > maxAliases)
    return tooComplex(`The document has ${aliases} aliases; at most ${maxAliases} are allowed.`);
  if (directives > MAX_DIRECTIVES)
    return tooComplex(`The document has ${directives} directives; at most ${MAX_DIRECTIVES} are allowed.`);
  if (valueDepth > MAX_VALUE_DEPTH)
    return tooComplex(`Values nest ${valueDepth} levels deep; at most ${MAX_VALUE_DEPTH} are allowed.`);
  return new MergedWalk(document).fault();
}

function countsOf(document: DocumentNode): { aliases: number; directives: number; valueDepth: number } {
  const counts = { aliases: 0, directives: 0, valueDepth: 0 };
  let depth = 0;
  const nested = {
    enter() {
      depth += 1;
      counts.valueDepth = Math.max(counts.valueDepth, depth);
    },
    leave() {
      depth -= 1;
    },
  };
  visit(document, {
    Field({ alias }) {
      if (alias !== undefined) counts.aliases += 1;
    },
    Directive() {
      counts.directives += 1;
    },
    ListValue: nested,
    ObjectValue: nested,
  });
  return counts;
}

/** A selection set, with the fragments around it: one that is around itself is an error of the document's. */
interface Place {
  readonly set: SelectionSetNode;
  readonly within: Within | null;
}

interface Within {
  readonly fragment: string;
  readonly outer: Within | null;
}

/** Goes through every definition as validation does: fields of one name together, whatever their types are. */
class MergedWalk {
  readonly #document: DocumentNode;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  #places = 0;
  #comparisons = 0;

  constructor(document: DocumentNode) {
    this.#document = document;
    this.#fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
      ),
    );
  }

  fault(): GraphQLError | null {
    for (const definition of this.#document.definitions) {
      if (!('selectionSet' in definition)) continue;
      const fragment = definition.kind === Kind.FRAGMENT_DEFINITION ? definition.name.value : null;
      const within = fragment === null ? null : { fragment, outer: null };
      this.#walk([{ set: definition.selectionSet, within }]);
    }
    if (this.#places > MAX_PLACES)
      return tooComplex(`The document selects fields at more than ${MAX_PLACES} places.`);
    if (this.#comparisons > MAX_COMPARISONS)
      return tooComplex(
        'The document selects the same fields, or spreads fragments, in one place too often.',
      );
    return null;
  }

  get #isOver(): boolean {
    return this.#places > MAX_PLACES || this.#comparisons > MAX_COMPARISONS;
  }

  #walk(places: readonly Place[]): void {
    const fields = new Map<string, { count: number; readonly below: Place[] }>();
    const spreads: Within[] = [];
    for (const place of places) this.#collect(place, fields, spreads, new Set());
    this.#compare(spreads.length);
    for (const { count, below } of fields.values()) {
      this.#compare(count);
      if (this.#isOver) return;
      if (below.length > 0) this.#walk(below);
    }
  }

  #compare(count: number): void {
    this.#comparisons += (count * (count - 1)) / 2;
  }

  #collect(
    { set, within }: Place,
    fields: Map<string, { count: number; readonly below: Place[] }>,
    spreads: Within[],
    seen: Set<string>,
  ): void {
    for (const node of set.selections) {
      this.#places += 1;
      if (this.#isOver) return;
      switch (node.kind) {
        case Kind.FIELD: {
          const name = node.alias?.value ?? node.name.value;
          const field = fields.get(name) ?? { count: 0, below: [] };
          fields.set(name, field);
          field.count += 1;
          if (node.selectionSet !== undefined) field.below.push({ set: node.selectionSet, within });
          break;
        }
        case Kind.INLINE_FRAGMENT:
          this.#collect({ set: node.selectionSet, within }, fields, spreads, seen);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const fragment = node.name.value;
          spreads.push({ fragment, outer: within });
          const definition = this.#fragments.get(fragment);
          if (definition === undefined || seen.has(fragment) || isWithin(within, fragment)) break;
          seen.add(fragment);
          this.#collect(
            { set: definition.selectionSet, within: { fragment, outer: within } },
            fields,
            spreads,
            seen,
          );
          break;
        }
      }
    }
  }
}

function isWithin(within: Within | null, fragment: string): boolean {
  for (let around = within; around !== null; around = around.outer) {
    if (around.fragment === fragment) return true;
  }
  return false;
}
