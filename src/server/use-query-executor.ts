import type { Plugin } from 'graphql-yoga';
import type { QueryExecutor } from '../execution/query-executor.ts';

/** Executes what the gateway's own executor takes by that, and leaves everything else to the server's. */
export function useQueryExecutor(executor: QueryExecutor): Plugin {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn((args): unknown => executor.execute(args) ?? executeFn(args));
    },
  };
}
