import type { CodegenConfig } from '@graphql-codegen/cli';
import { preset } from '@graphql-codegen/client-preset';
import { addTypenames } from './schema/plugins/add-typenames.ts';
import { printedSchema } from './schema/print-schema.ts';
import { schema } from './src/schema.ts';

/** `npm run codegen`: the published schema, and types for the operations of tests and examples. */
const config: CodegenConfig = {
  schema: printedSchema(schema),
  documents: 'schema/operations/**/*.graphql',
  generates: {
    'schema/schema.graphql': { plugins: ['./schema/plugins/printed-schema.ts'] },
    'test/generated/': {
      preset,
      documentTransforms: [addTypenames],
      presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' }, fragmentMasking: false },
      config: {
        documentMode: 'string',
        importExtension: '.ts',
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: {
          ID: 'string',
          DateTime: 'string',
          Decimal: 'string',
          CurrencyCode: 'string',
          URL: 'string',
          JSONObject: 'Record<string, unknown>',
        },
      },
    },
    'test/generated/possible-types.ts': { plugins: ['./schema/plugins/possible-types.ts'] },
  },
};

export default config;
