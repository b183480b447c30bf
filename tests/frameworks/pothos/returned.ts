import SchemaBuilder from '@pothos/core';
import { graphql, printSchema } from 'graphql';
import { answerRequests, events } from '../requests.js';

const builder = new SchemaBuilder<object>({});

const Named = builder.interfaceRef<{ name: string }>('Named').implement({
  fields: (t) => ({ name: t.exposeString('name', { nullable: false }) }),
  resolveType: () => 'Team',
});

builder.objectRef<{ name: string }>('Team').implement({ interfaces: [Named] });

builder.queryType({
  fields: (t) => ({ named: t.field({ type: [Named], nullable: false, resolve: () => [{ name: 'Support' }] }) }),
});

// paste here: below the types, before the schema is built
const schema = builder.toSchema();

await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);
