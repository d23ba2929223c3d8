import type { GraphQLResolveInfo } from 'graphql';
import { selectedFieldsOf } from '../selection.ts';

/** The fields of the Plan type that are selected of the nodes of the connection under way. */
export function selectedPlanFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  return selectedFieldsOf(info, 'nodes').union(selectedFieldsOf(info, 'edges', 'node'));
}
