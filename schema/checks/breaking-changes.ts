import { type Change, ChangeType, CriticalityLevel, diff } from '@graphql-inspector/core';
import {
  buildSchema,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { z } from 'zod';

/** The form of `schema/accepted-changes.json`: breaking changes that are meant, each with its reason. */
export const acceptedChangesSchema = z.array(
  z.strictObject({ type: z.string().min(1), path: z.string(), reason: z.string().min(1) }),
);

/** A breaking change that is meant: its type and path as the check prints them. */
export type AcceptedChange = z.infer<typeof acceptedChangesSchema>[number];

/**
 * What breaks clients of the contract when the published schema is served instead.
 *
 * @param contract SDL of what clients rely on.
 * @param published SDL of what is served.
 * @returns a line for each breaking change that is not accepted, and for each accepted one that does not occur.
 */
export async function breakingChanges(
  contract: string,
  published: string,
  accepted: readonly AcceptedChange[],
): Promise<readonly string[]> {
  const served = buildSchema(published);
  const required = requiredInputs(served);
  const breaking = (await diff(buildSchema(contract), served)).filter((change) =>
    isBreaking(change, required),
  );
  const isSame = (entry: AcceptedChange, change: Change): boolean =>
    entry.type === change.type && entry.path === (change.path ?? '');
  return [
    ...breaking
      .filter((change) => !accepted.some((entry) => isSame(entry, change)))
      .map(({ type, path, message }) => `${type} ${path ?? ''}: ${message}`),
    ...accepted
      .filter((entry) => !breaking.some((change) => isSame(entry, change)))
      .map(({ type, path }) => `${type} ${path}: accepted, but there is no such change`),
  ];
}

function isBreaking(change: Change, required: ReadonlySet<string>): boolean {
  if (change.criticality.level === CriticalityLevel.Breaking) return true;
  // graphql-inspector calls a removed default only dangerous; without one a non-null input must now be given.
  const isDefault =
    change.type === ChangeType.FieldArgumentDefaultChanged ||
    change.type === ChangeType.InputFieldDefaultValueChanged;
  return isDefault && required.has(change.path ?? '');
}

/** Paths of the arguments and input fields that a client must give. */
function requiredInputs(schema: GraphQLSchema): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        if (isRequiredInputField(field)) paths.add(`${type.name}.${field.name}`);
      }
    } else if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        for (const argument of field.args) {
          if (isRequiredArgument(argument)) paths.add(`${type.name}.${field.name}.${argument.name}`);
        }
      }
    }
  }
  return paths;
}
