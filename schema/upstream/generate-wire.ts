import { writeFiles } from '../write-files.ts';
import { wireFiles } from './wire-files.ts';

// Run by Node: writes the wire types and validators of both upstreams, which needs no working schema.
await writeFiles(await wireFiles());
