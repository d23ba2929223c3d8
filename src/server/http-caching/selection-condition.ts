import { Kind, type OperationDefinitionNode, type SelectionNode } from 'graphql';

/** The value of a variable of type Boolean; null where it is not known. */
export type BooleanVariables = (name: string) => boolean | null;

/** Whether a selection is made: what `@skip` and `@include` say, or `unknown` where a variable decides that is not known. */
export function selectionCondition(
  { directives = [] }: SelectionNode,
  variables: BooleanVariables,
): 'in' | 'out' | 'unknown' {
  let isUnknown = false;
  for (const { name, arguments: args = [] } of directives) {
    const directive = name.value;
    if (directive !== 'skip' && directive !== 'include') continue;
    const value = args.find((argument) => argument.name.value === 'if')?.value;
    let holds: boolean | null = null;
    if (value?.kind === Kind.BOOLEAN) holds = value.value;
    if (value?.kind === Kind.VARIABLE) holds = variables(value.name.value);
    if (holds === null) isUnknown = true;
    else if (holds === (directive === 'skip')) return 'out';
  }
  return isUnknown ? 'unknown' : 'in';
}

/** What a request gives, or else the operation's own default. */
export function booleanVariables(
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): BooleanVariables {
  return (name) => {
    const value = given[name];
    if (typeof value === 'boolean') return value;
    const usual = variableDefinitions.find(({ variable }) => variable.name.value === name)?.defaultValue;
    return value === undefined && usual?.kind === Kind.BOOLEAN ? usual.value : null;
  };
}
