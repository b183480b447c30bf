// Asks a server what requests.json says, and prints its schema and its answers. Arguments: the server's file, requests.json,
// the folder of the documents.

import { readFileSync } from 'node:fs';
import { parse, subscribe, validate, type GraphQLSchema } from 'graphql';

type Request = { document: string; operation: string; variables?: Record<string, unknown>; events?: unknown[] };
export type Asked = { query: string; operationName: string; variables: Record<string, unknown> };

/** The events of a subscription, or what is wrong with it, as graphql-ws and graphql-sse ask graphql-js for them. */
export async function events(schema: GraphQLSchema, asked: Asked): Promise<unknown> {
  const { query, operationName, variables: variableValues } = asked;
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors };
  return subscribe({ schema, document, operationName, variableValues, contextValue: {} });
}

export async function answerRequests(
  sdl: string,
  ask: (asked: Asked) => Promise<unknown>,
  listen: (asked: Asked) => Promise<unknown>,
): Promise<void> {
  const [requestsFile, documents] = process.argv.slice(3);
  const requests: Request[] = JSON.parse(readFileSync(requestsFile, 'utf8'));
  const answers: unknown[] = [];
  for (const { document, operation, variables, events: expected } of requests) {
    const query = readFileSync(`${documents}/${document}.graphql`, 'utf8');
    const asked = { query, operationName: operation, variables: variables ?? {} };
    const answer: any = expected ? await listen(asked) : await ask(asked);
    if (!answer[Symbol.asyncIterator]) {
      answers.push(answer);
      continue;
    }
    const received: unknown[] = [];
    for await (const event of answer) {
      received.push(event);
      if (received.length === expected?.length) break;
    }
    answers.push(received);
  }
  process.stdout.write(JSON.stringify({ sdl, answers }));
}
