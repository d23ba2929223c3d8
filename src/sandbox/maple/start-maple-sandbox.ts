import type { SandboxServer, SandboxServerOptions } from '../http/sandbox-server.ts';
import { startHttpServer } from '../http/start-http-server.ts';
import { MAPLE_COMPANY_ID } from './maple-company-id.ts';
import { createMapleState } from './maple-state.ts';
import { createMapleAnswerer } from './request/answer-maple-request.ts';
import { catalogRoutes } from './routes/catalog-routes.ts';
import { customerRoutes } from './routes/customer-routes.ts';
import { invoiceRoutes } from './routes/invoice-routes.ts';
import { oneTimeRoutes } from './routes/one-time-routes.ts';
import { subscriptionRoutes } from './routes/subscription-routes.ts';

/** The only token that the sandbox takes; obviously no secret. */
const TOKEN = 'sandbox-maple-token';

/** A running Maple sandbox; paths start `/api/v1/companies/{companyId}`. */
export interface MapleSandbox extends SandboxServer {
  readonly companyId: string;
}

/** Starts an HTTP server that behaves as maple.md says. Rejects when the port is taken. */
export async function startMapleSandbox(options: SandboxServerOptions = {}): Promise<MapleSandbox> {
  const state = createMapleState(options);
  const routes = [
    ...customerRoutes(state),
    ...catalogRoutes(state),
    ...subscriptionRoutes(state),
    ...invoiceRoutes(state),
    ...oneTimeRoutes(state),
  ];
  const server = await startHttpServer({ options, token: TOKEN, answer: createMapleAnswerer(routes, TOKEN) });
  return { ...server, companyId: MAPLE_COMPANY_ID };
}
