import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request as a sandbox server received it. */
export interface RecordedRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; a repeated header's values are joined with a comma and a space. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The parsed JSON body; undefined when there was none or it was malformed. A number that a JS float would change
   * is a LosslessNumber of lossless-json, every other one a plain number.
   */
  readonly body: unknown;
}

/** What to do with a request in place of (or, for a delay, before) answering it properly. */
export type SandboxFault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Whatever else can go wrong on the way. */
  | {
      readonly kind: 'custom';
      readonly play: (request: IncomingMessage, response: ServerResponse) => void;
    };

/** How to start a sandbox server. */
export interface SandboxServerOptions {
  /** Port to listen on; any free one when 0 or left out. */
  readonly port?: number;
  /** Address to listen on; 127.0.0.1 when left out. */
  readonly host?: string;
  /** The instant at which the data stands still; DEFAULT_SANDBOX_NOW when left out. */
  readonly now?: Date;
  /** How many companies exist; DEFAULT_COMPANY_COUNT when left out. */
  readonly companyCount?: number;
  /** Caps every page below what the caller asks for, so that paging shows with little data. */
  readonly maxPageSize?: number;
  /** Asked for every request before it is answered; what it returns is done instead. */
  readonly onRequest?: (request: RecordedRequest) => SandboxFault | undefined;
}

/** A running sandbox server. */
export interface SandboxServer {
  /** Scheme, host and port, without a path and without a slash at the end. */
  readonly url: string;
  /** The one bearer token that the server takes. */
  readonly token: string;
  /** The last 10 000 requests, oldest first; emptied with `.length = 0`. */
  readonly requests: RecordedRequest[];
  /** Ends every connection, hanging ones too, and frees the port. */
  close(): Promise<void>;
}
