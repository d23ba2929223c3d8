import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * The names of the fields that the operation selects right below the field under way, whatever fragments they stand in,
 * without those that `@skip` or `@include` leave out.
 */
export function selectedFields(info: GraphQLResolveInfo): Set<string> {
  return fieldsBelow(
    info,
    info.fieldNodes.map((node) => node.selectionSet),
  );
}

/** The same for the fields below a path of field names that starts there. */
export function selectedFieldsOf(info: GraphQLResolveInfo, ...path: readonly string[]): Set<string> {
  let sets: readonly (SelectionSetNode | undefined)[] = info.fieldNodes.map((node) => node.selectionSet);
  for (const field of path) {
    const nested: (SelectionSetNode | undefined)[] = [];
    visit(info, sets, (name, selectionSet) => {
      if (name === field) nested.push(selectionSet);
    });
    sets = nested;
  }
  return fieldsBelow(info, sets);
}

/** Whether nothing but the given fields is selected right below the field under way. */
export function selectsOnly(info: GraphQLResolveInfo, atHand: ReadonlySet<string>): boolean {
  return selectedFields(info).isSubsetOf(atHand);
}

function fieldsBelow(info: GraphQLResolveInfo, sets: readonly (SelectionSetNode | undefined)[]): Set<string> {
  const names = new Set<string>();
  visit(info, sets, (name) => names.add(name));
  return names;
}

function visit(
  info: GraphQLResolveInfo,
  sets: readonly (SelectionSetNode | undefined)[],
  found: (name: string, selectionSet: SelectionSetNode | undefined) => void,
): void {
  for (const selection of sets.flatMap((set) => set?.selections ?? [])) {
    if (isLeftOut(selection, info)) continue;
    switch (selection.kind) {
      case Kind.FIELD:
        found(selection.name.value, selection.selectionSet);
        break;
      case Kind.INLINE_FRAGMENT:
        visit(info, [selection.selectionSet], found);
        break;
      case Kind.FRAGMENT_SPREAD:
        visit(info, [info.fragments[selection.name.value]?.selectionSet], found);
        break;
    }
  }
}

function isLeftOut(selection: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  if ((selection.directives ?? []).length === 0) return false;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.['if'] === true || include?.['if'] === false;
}
