import type { Worker } from 'node:cluster';
import { z } from 'zod';

/** Between the first process and a worker; both have one end. */
export interface WorkerChannel {
  /**
   * Asks the other process. By the time of its answer, all that it has sent before has come, connections among it.
   *
   * @throws Error when the other process has ended, or cannot answer
   */
  ask(question: string, content?: unknown): Promise<unknown>;
}

/** Answers a question of the other process. */
type Answer = (question: string, content: unknown) => unknown;

const MESSAGE = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('question'), id: z.number(), question: z.string(), content: z.unknown() }),
  z.object({ kind: z.literal('answer'), id: z.number(), content: z.unknown() }),
  z.object({ kind: z.literal('noAnswer'), id: z.number() }),
]);

type Message = z.infer<typeof MESSAGE>;

/** Opens this process' end of the channel of a worker. */
export function openWorkerChannel(worker: Worker, answer: Answer): WorkerChannel {
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;

  function send(message: Message): void {
    worker.send(message, (error) => {
      // An answer that cannot be given any more is wanted by nobody.
      if (error !== null && message.kind === 'question') settle(message.id)?.reject(error);
    });
  }

  function settle(id: number): PromiseWithResolvers<unknown> | undefined {
    const question = asked.get(id);
    asked.delete(id);
    return question;
  }

  async function reply(id: number, question: string, content: unknown): Promise<void> {
    try {
      send({ kind: 'answer', id, content: await answer(question, content) });
    } catch {
      send({ kind: 'noAnswer', id });
    }
  }

  worker.on('message', (received: unknown) => {
    const message = MESSAGE.parse(received);
    switch (message.kind) {
      case 'question':
        void reply(message.id, message.question, message.content);
        return;
      case 'answer':
        settle(message.id)?.resolve(message.content);
        return;
      case 'noAnswer':
        settle(message.id)?.reject(new Error('the other process could not answer'));
    }
  });
  worker.once('disconnect', () => {
    for (const id of asked.keys()) settle(id)?.reject(new Error('the other process has ended'));
  });

  return {
    ask(question, content = null) {
      const id = (lastId += 1);
      const asking = Promise.withResolvers<unknown>();
      asked.set(id, asking);
      send({ kind: 'question', id, question, content });
      return asking.promise;
    },
  };
}
