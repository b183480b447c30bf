import SchemaBuilder from '@pothos/core';
import { graphql, printSchema } from 'graphql';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

const builder = new SchemaBuilder<object>({});

const Named = builder.interfaceRef<{ name: string }>('Named').implement({
  fields: (t) => ({ name: t.exposeString('name', { nullable: false }) }),
  resolveType: () => 'Person',
});

builder.objectRef<{ name: string }>('Person').implement({ interfaces: [Named] });

const TaskInput = builder.inputType('TaskInput', {
  fields: (t) => ({
    // paste here: in the fields of TaskInput, in place of messageTitle
    messageTitle: t.string({ required: true }),
    // paste to here
    // paste here: in the fields of TaskInput
  }),
});

builder.queryType({
  fields: (t) => ({ named: t.field({ type: [Named], nullable: false, resolve: () => [{ name: 'Ada' }] }) }),
});

builder.mutationType({
  fields: (t) => ({
    messagePost: t.string({
      nullable: false,
      args: { input: t.arg({ type: TaskInput, required: true }) },
      resolve: (_, args) => {
        // paste here: first in the resolver of messagePost of Mutation
        return args.input.messageTitle;
      },
    }),
  }),
});

// paste here: below the types, before the schema is built
const schema = builder.toSchema();

await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
