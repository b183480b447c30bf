import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { graphql, printSchema } from 'graphql';
import { answerRequests, events } from '../requests.js';
// paste here: the imports of the server

const resolvers = {
  Query: {
    hello: () => 'hello',
  },
  Mutation: {
    greet: (_: unknown, { name }: { name: string }) => `hello ${name}`,
  },
};

const schema = makeExecutableSchema({
  typeDefs: readFileSync(`${dirname(process.argv[2])}/schema.graphql`, 'utf8'),
  resolvers: [
    // paste here: in the list of resolvers, in place of those of the server
    resolvers,
    // paste to here
  ],
});

await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
