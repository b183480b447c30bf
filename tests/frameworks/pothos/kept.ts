import SchemaBuilder from '@pothos/core';
import { graphql, printSchema } from 'graphql';
import * as data from '../data.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

const builder = new SchemaBuilder<{
  Scalars: {
    // paste here: in the Scalars of the builder, in place of the name ConversationTime
    ConversationTime:
    // paste to here
    { Input: Date; Output: Date };
    // paste here: in the Scalars of the builder
  };
}>({});

const ConversationTime = builder.scalarType(
  // paste here: in place of the name of the scalar ConversationTime
  'ConversationTime',
  // paste to here
  data.day,
);

const ConversationState = builder.enumType(
  // paste here: in place of the name of the enum ConversationState
  'ConversationState',
  // paste to here
  { values: ['OPEN', 'CLOSED'] as const },
);

const Role = builder.enumType('Role', { values: ['GUEST', 'MEMBER'] as const });

const ConversationItem = builder.interfaceRef<{ id: string }>(
  // paste here: in place of the name of the interface ConversationItem
  'ConversationItem',
  // paste to here
).implement({
  fields: (t) => ({ id: t.exposeID('id', { nullable: false }) }),
  resolveType: (item) => ('title' in item ? 'Conversation' : 'Person'),
});

const Named = builder.interfaceRef<{ name: string }>('Named').implement({
  fields: (t) => ({ name: t.exposeString('name', { nullable: false }) }),
  resolveType: (named) => ('people' in named ? 'Team' : 'Person'),
});

const Person = builder.objectRef<data.Person>('Person').implement({
  interfaces: [ConversationItem],
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false }),
    role: t.expose('role', { type: Role, nullable: false }),
  }),
});

const Conversation = builder.objectRef<data.Conversation>(
  // paste here: in place of the name of the type Conversation
  'Conversation',
  // paste to here
).implement({
  interfaces: [ConversationItem],
  fields: (t) => ({
    title: t.exposeString('title', { nullable: false }),
    state: t.expose('state', { type: ConversationState, nullable: false }),
    changed: t.expose('changed', { type: ConversationTime, nullable: false }),
    owner: t.expose('owner', { type: Person, nullable: false }),
  }),
});

const Team = builder.objectRef<data.Team>('Team').implement({
  interfaces: [Named],
  fields: (t) => ({ people: t.expose('people', { type: [Person], nullable: false }) }),
});

const ConversationHit = builder.unionType(
  // paste here: in place of the name of the union ConversationHit
  'ConversationHit',
  // paste to here
  { types: [Conversation, Person], resolveType: (hit) => ('title' in hit ? Conversation : Person) },
);

const ConversationFilter = builder.inputType(
  // paste here: in place of the name of the input ConversationFilter
  'ConversationFilter',
  // paste to here
  {
    fields: (t) => ({
      state: t.field({ type: ConversationState, required: true }),
      messageText: t.string({ required: false }),
      // paste here: in the fields of ConversationFilter
    }),
  },
);

const PersonInput = builder.inputType('PersonInput', {
  fields: (t) => ({
    name: t.string({ required: true }),
    // paste here: in the fields of PersonInput, in place of role
    role: t.field({ type: Role, required: true }),
    // paste to here
  }),
});

builder.queryType({
  fields: (t) => ({
    conversationFind: t.field({
      type: Conversation,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_, { id }) => data.conversations.find((one) => one.id === id),
    }),
    threads: t.field({
      type: [Conversation],
      nullable: false,
      args: {
        filter: t.arg({ type: ConversationFilter, required: true }),
        since: t.arg({ type: ConversationTime, required: false }),
      },
      resolve: (_, args) => {
        // paste here: first in the resolver of threads of Query
        return data.conversationsOf(args.filter.state, args.filter.messageText, args.since);
      },
    }),
    items: t.field({
      type: [ConversationItem],
      nullable: false,
      resolve: () => [data.conversations[0], data.ada],
    }),
    search: t.field({
      type: [ConversationHit],
      nullable: false,
      args: {
        text: t.arg.string({ required: true }),
        // paste here: in the arguments of search of Query, in place of first
        first: t.arg.int({ required: true }),
        // paste to here
      },
      resolve: (_, { first }) => [data.conversations[0], data.ada].slice(0, first),
    }),
    named: t.field({ type: [Named], nullable: false, resolve: () => data.teams }),
  }),
});

builder.mutationType({
  fields: (t) => ({
    personAdd: t.field({
      type: Person,
      nullable: false,
      args: { input: t.arg({ type: PersonInput, required: true }) },
      resolve: (_, { input }) => ({ id: 'p2', ...input }),
    }),
  }),
});

// paste here: below the types, before the schema is built
const schema = builder.toSchema();
// paste here: below the schema

await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
