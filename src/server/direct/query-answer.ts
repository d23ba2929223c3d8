import type { GraphQLError } from 'graphql';

/** What a query gives, ready to be sent. */
export type QueryAnswer = WholeAnswer | FailedAnswer;

/** An answer with errors; without data where nothing could be executed. */
export interface FailedAnswer {
  readonly kind: 'failed';
  readonly result: { readonly data?: unknown; readonly errors: readonly GraphQLError[] };
}

/** An answer without errors, which may be sent to several clients. */
export class WholeAnswer {
  readonly kind = 'whole';
  readonly text: string;
  #bytes: Buffer | null = null;

  constructor(result: { readonly data: unknown }) {
    this.text = JSON.stringify(result);
  }

  /** In UTF-8, made once for all who are sent it. */
  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.text);
    return this.#bytes;
  }
}
