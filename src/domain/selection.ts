import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Where in the operation and in the answer a field stands: what resolvers need of what the executor tells them. */
export type FieldPlace = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues' | 'path'>;

/**
 * The names of the fields that the operation selects right below the field under way, whatever fragments they stand in,
 * without those that `@skip` or `@include` leave out.
 */
export function selectedFields(place: FieldPlace): ReadonlySet<string> {
  return selectedFieldsOf(place);
}

/** The same for the fields below a path of field names that starts there. */
export function selectedFieldsOf(place: FieldPlace, ...path: readonly string[]): ReadonlySet<string> {
  const [node, ...others] = place.fieldNodes;
  if (node === undefined || others.length > 0) return fieldsBelow(place, path).names;
  const known = alwaysSelected.get(node);
  const key = path.join('.');
  const found = known?.get(key);
  if (found !== undefined) return found;
  const { names, isConditional } = fieldsBelow(place, path);
  if (!isConditional)
    alwaysSelected.set(node, (known ?? new Map<string, ReadonlySet<string>>()).set(key, names));
  return names;
}

/** Whether nothing but the given fields is selected right below the field under way. */
export function selectsOnly(place: FieldPlace, atHand: ReadonlySet<string>): boolean {
  return selectedFields(place).isSubsetOf(atHand);
}

/** By path, for as long as their document is kept: what is the same in each execution is asked once for every object. */
const alwaysSelected = new WeakMap<FieldNode, Map<string, ReadonlySet<string>>>();

/** What is selected, and whether it may be something else with other variables. */
interface Selected {
  readonly names: ReadonlySet<string>;
  readonly isConditional: boolean;
}

function fieldsBelow(place: FieldPlace, path: readonly string[]): Selected {
  let isConditional = false;

  function visit(
    sets: readonly (SelectionSetNode | undefined)[],
    found: (name: string, selectionSet: SelectionSetNode | undefined) => void,
    spread = new Set<string>(),
  ): void {
    for (const selection of sets.flatMap((set) => set?.selections ?? [])) {
      if ((selection.directives ?? []).length > 0) isConditional = true;
      if (isLeftOut(selection, place)) continue;
      switch (selection.kind) {
        case Kind.FIELD:
          found(selection.name.value, selection.selectionSet);
          break;
        case Kind.INLINE_FRAGMENT:
          visit([selection.selectionSet], found, spread);
          break;
        case Kind.FRAGMENT_SPREAD:
          if (spread.has(selection.name.value)) break;
          spread.add(selection.name.value);
          visit([place.fragments[selection.name.value]?.selectionSet], found, spread);
          break;
      }
    }
  }

  let sets: readonly (SelectionSetNode | undefined)[] = place.fieldNodes.map((node) => node.selectionSet);
  for (const field of path) {
    const nested: (SelectionSetNode | undefined)[] = [];
    visit(sets, (name, selectionSet) => {
      if (name === field) nested.push(selectionSet);
    });
    sets = nested;
  }
  const names = new Set<string>();
  visit(sets, (name) => names.add(name));
  return { names, isConditional };
}

function isLeftOut(selection: SelectionNode, { variableValues }: FieldPlace): boolean {
  if ((selection.directives ?? []).length === 0) return false;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.['if'] === true || include?.['if'] === false;
}
