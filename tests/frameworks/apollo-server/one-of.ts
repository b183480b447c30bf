import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { graphql, printSchema } from 'graphql';
import { answerRequests, events } from '../requests.js';

const schema = makeExecutableSchema({
  typeDefs: readFileSync(`${dirname(process.argv[2])}/schema.graphql`, 'utf8'),
  resolvers: {
    Query: {
      find: (_: unknown, { by }: { by: { id?: string | null; name?: string | null } }) =>
        by.id ? `thread ${by.id}` : by.name ? `person ${by.name}` : 'nothing',
    },
  },
});

await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);
