import type {
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import type { ExecuteSelection } from './execution.ts';

/** What the parts of one operation are put together by. */
export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Whether `@skip` and `@include` leave a selection in. */
  readonly isIncluded: (selection: SelectionNode) => boolean;
  /** Puts together what selection sets ask of objects of one type. */
  readonly compileSelection: (type: GraphQLObjectType, sets: readonly SelectionSetNode[]) => ExecuteSelection;
}
