import { type FieldPlace, selectedFieldsOf } from '../selection.ts';

/** The fields of the Plan type that are selected of the nodes of the connection under way. */
export function selectedPlanFields(info: FieldPlace): ReadonlySet<string> {
  return selectedFieldsOf(info, 'nodes').union(selectedFieldsOf(info, 'edges', 'node'));
}
