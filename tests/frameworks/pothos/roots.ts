import SchemaBuilder from '@pothos/core';
import { graphql, printSchema } from 'graphql';
import { answerRequests, events } from '../requests.js';

const builder = new SchemaBuilder<object>({});

builder.queryType({
  // paste here: in the options of builder.queryType, in place of name
  fields: (t) => ({ hello: t.string({ nullable: false, resolve: () => 'hello' }) }),
});

builder.mutationType({
  // paste here: in the options of builder.mutationType, in place of name
  fields: (t) => ({
    greet: t.string({
      nullable: false,
      args: { name: t.arg.string({ required: true }) },
      resolve: (_, { name }) => `hello ${name}`,
    }),
  }),
});

const schema = builder.toSchema();

await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);
