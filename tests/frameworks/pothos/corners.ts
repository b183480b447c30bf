import SchemaBuilder from '@pothos/core';
import { graphql, printSchema } from 'graphql';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

const builder = new SchemaBuilder<object>({});

const NoteKind = builder.enumType('NoteKind', {
  values: {
    SHORT: { value: 'SHORT' },
    LONG: { value: 'LONG' },
    // paste here: in the values of NoteKind
  } as const,
});

const NoteInput = builder.inputType('NoteInput', {
  fields: (t) => ({
    text: t.string({ required: true }),
    // paste here: in the fields of NoteInput, in place of author
    author: t.string({ required: true }),
    // paste to here
    // paste here: in the fields of NoteInput
  }),
});

builder.queryType({
  fields: (t) => ({
    messageFind: t.stringList({
      nullable: false,
      args: {
        // paste here: in the arguments of messageFind of Query, in place of messageIds
        messageIds: t.arg.idList({ required: true }),
        // paste to here
        messageLimit: t.arg.int({ defaultValue: 5 }),
        // paste here: in the arguments of messageFind of Query
      },
      resolve: (_, args) => {
        // paste here: first in the resolver of messageFind of Query
        return args.messageIds.slice(0, args.messageLimit ?? undefined).map((id) => `m${id}`);
      },
    }),
    notes: t.stringList({
      nullable: false,
      args: {
        kind: t.arg({ type: NoteKind, required: false }),
        // paste here: in the arguments of notes of Query
      },
      resolve: (_, { kind }) => [String(kind)],
    }),
    note: t.string({
      // paste here: in the options of note of Query, in place of nullable
      nullable: true,
      // paste to here
      args: { id: t.arg.id({ required: true }) },
      resolve: (_, { id }) => String(id),
    }),
    search: t.stringList({
      nullable: false,
      args: {
        // paste here: in the arguments of search of Query, in place of text
        text: t.arg.string({ required: true }),
        // paste to here
      },
      resolve: (_, args) => {
        // paste here: first in the resolver of search of Query
        return [args.text || 'nothing'];
      },
    }),
  }),
});

builder.mutationType({
  fields: (t) => ({
    noteAdd: t.string({
      nullable: false,
      args: { input: t.arg({ type: NoteInput, required: true }) },
      resolve: (_, args) => {
        // paste here: first in the resolver of noteAdd of Mutation
        return `${args.input.author ?? 'nobody'}: ${args.input.text}`;
      },
    }),
  }),
});

builder.subscriptionType({
  fields: (t) => ({
    messageTicks: t.int({
      nullable: false,
      args: {
        messageCount: t.arg.int({ required: true, defaultValue: 2 }),
        // paste here: in the arguments of messageTicks of Subscription
      },
      subscribe: async function* (_, args) {
        // paste here: first in the subscribe of messageTicks of Subscription
        for (let tick = 1; tick <= args.messageCount; tick++) yield tick;
      },
      resolve: (tick, args) => {
        // paste here: first in the resolver of messageTicks of Subscription
        return tick as number;
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
