// Asks a server what requests.json says, and prints its schema and its answers.

import { readFileSync } from 'node:fs';
import { parse, subscribe, type ExecutionResult, type GraphQLSchema } from 'graphql';

type Request = { document: string; operation: string; variables?: Record<string, unknown>; events?: unknown[] };
export type Asked = { query: string; operationName: string; variables: Record<string, unknown> };

/** The events of a subscription as graphql-js gives them, as the servers of graphql-ws and graphql-sse do. */
export async function* events(schema: GraphQLSchema, asked: Asked): AsyncGenerator<unknown> {
  const { query, operationName, variables: variableValues } = asked;
  const stream = await subscribe({ schema, document: parse(query), operationName, variableValues, contextValue: {} });
  if (Symbol.asyncIterator in stream) yield* stream;
  else yield stream;
}

/** Reads the folder that is the program's argument, and prints what the server says. */
export async function answerRequests(
  sdl: string,
  ask: (asked: Asked) => Promise<ExecutionResult | unknown>,
  listen: (asked: Asked) => AsyncIterable<unknown>,
): Promise<void> {
  const folder = process.argv[2];
  const requests: Request[] = JSON.parse(readFileSync(`${folder}/requests.json`, 'utf8'));
  const answers: unknown[] = [];
  for (const { document, operation, variables, events } of requests) {
    const query = readFileSync(`${folder}/operations/${document}.graphql`, 'utf8');
    const asked = { query, operationName: operation, variables: variables ?? {} };
    if (!events) {
      answers.push(await ask(asked));
      continue;
    }
    const received: unknown[] = [];
    for await (const event of listen(asked)) {
      received.push(event);
      if (received.length === events.length) break;
    }
    answers.push(received);
  }
  process.stdout.write(JSON.stringify({ sdl, answers }));
}
