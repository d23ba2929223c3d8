import { generatedFiles } from './generated-files.ts';
import { writeFiles } from './write-files.ts';

// Run by Node: `npm run codegen`. graphql-codegen's own command would load a second copy of graphql.
await writeFiles(await generatedFiles());
