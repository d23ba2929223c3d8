import { companies, DEFAULT_COMPANY_COUNT } from '../dataset/companies.ts';
import { createIdempotencyStore, type IdempotencyStore } from '../http/idempotency-store.ts';
import { toJson } from '../http/json.ts';
import { createRouter } from '../http/router.ts';
import type { SandboxServer, SandboxServerOptions } from '../http/sandbox-server.ts';
import { startHttpServer, type ReceivedRequest, type SandboxAnswer } from '../http/start-http-server.ts';
import { DEFAULT_SANDBOX_NOW } from '../sandbox-clock.ts';
import { createCustomerDirectory } from './customer-directory.ts';
import { createInvoiceLedger } from './invoice-ledger.ts';
import type { MetronomeAccount } from './metronome-call.ts';
import { badRequest, MetronomeError } from './metronome-error.ts';
import { METRONOME_ROUTES } from './metronome-routes.ts';

/** The bearer token that the Metronome sandbox takes; obviously no secret. */
const METRONOME_SANDBOX_TOKEN = 'sandbox-metronome-token';

/**
 * Starts a local server that behaves as metronome.md says. `url` is the host root, paths start with /v1. State lives in
 * memory, for this server alone. Rejects when the port is taken.
 */
export function startMetronomeSandbox(options: SandboxServerOptions = {}): Promise<SandboxServer> {
  const now = options.now ?? DEFAULT_SANDBOX_NOW;
  const directory = createCustomerDirectory(
    companies({ count: options.companyCount ?? DEFAULT_COMPANY_COUNT, now }),
    now,
  );
  const account: MetronomeAccount = {
    now,
    maxPageSize: options.maxPageSize ?? Number.POSITIVE_INFINITY,
    directory,
    ledger: createInvoiceLedger(directory, now),
  };
  const idempotency = createIdempotencyStore();
  return startHttpServer({
    options,
    token: METRONOME_SANDBOX_TOKEN,
    answer: (request) =>
      failuresAnswered(() => {
        if (request.headers['authorization'] !== `Bearer ${METRONOME_SANDBOX_TOKEN}`) {
          throw new MetronomeError(401, 'Unauthorized');
        }
        return idempotent(idempotency, request, () => failuresAnswered(() => answer(account, request)));
      }),
  });
}

const findRoute = createRouter(METRONOME_ROUTES);

function answer(account: MetronomeAccount, request: ReceivedRequest): SandboxAnswer {
  const match = findRoute(request.method, request.path);
  switch (match.kind) {
    case 'unknown-path':
      throw new MetronomeError(404, 'Not found');
    case 'wrong-method':
      throw new MetronomeError(405, `Method not allowed, try ${match.allowed.join(' or ')}`);
    case 'found': {
      if (request.malformedBody) throw badRequest('The body is not valid JSON');
      const { path, query, body } = request;
      return { status: 200, body: match.handler({ account, params: match.params, path, query, body }) };
    }
  }
}

/** Replays POSTs under one Idempotency-Key; what failed validation is not stored (metronome.md section 1.6). */
function idempotent(
  store: IdempotencyStore,
  request: ReceivedRequest,
  produce: () => SandboxAnswer,
): SandboxAnswer {
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || key === undefined) return produce();
  const outcome = store.run({
    key,
    input: `${request.path}?${request.query.toString()} ${toJson(request.body)}`,
    produce,
    isStored: ({ status }) => status !== 400,
  });
  if (outcome.kind === 'conflict') {
    throw new MetronomeError(409, 'The Idempotency-Key was used with other parameters');
  }
  return outcome.answer;
}

function failuresAnswered(produce: () => SandboxAnswer): SandboxAnswer {
  try {
    return produce();
  } catch (error) {
    if (error instanceof MetronomeError) return { status: error.status, body: { message: error.message } };
    throw error;
  }
}
