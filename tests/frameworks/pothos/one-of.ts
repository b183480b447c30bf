import SchemaBuilder from '@pothos/core';
import { graphql, printSchema } from 'graphql';
import { answerRequests, events } from '../requests.js';

const builder = new SchemaBuilder<object>({});

const FindBy = builder.inputType('FindBy', {
  // paste here: in the options of FindBy, in place of isOneOf
  isOneOf: true,
  // paste to here
  fields: (t) => ({ id: t.id({ required: false }), name: t.string({ required: false }) }),
});

builder.queryType({
  fields: (t) => ({
    find: t.string({
      nullable: false,
      args: { by: t.arg({ type: FindBy, required: true }) },
      resolve: (_, { by }) => (by.id ? `thread ${by.id}` : by.name ? `person ${by.name}` : 'nothing'),
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
