import { readJson } from '../billing/read-json.ts';
import { startFloor } from './start-floor.ts';

// The floor of one run: what a hand-written service would do without GraphQL.

const [addresses = '{}', port = '0'] = process.argv.slice(2);
startFloor(readJson(addresses), Number(port));
