import { schema } from '../../src/schema.ts';
import { printedSchema } from '../print-schema.ts';

/** A graphql-codegen plugin: the published SDL. The schema that codegen passes to plugins has lost its defaults. */
export function plugin(): string {
  return printedSchema(schema);
}
