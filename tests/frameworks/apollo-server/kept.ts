import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLScalarType, printSchema } from 'graphql';
import * as data from '../data.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports of the server

const typeDefs = readFileSync(`${dirname(process.argv[2])}/schema.graphql`, 'utf8');

type Filter = { state: number; messageText?: string | null };

const resolvers = {
  Query: {
    conversationFind: (_: unknown, { id }: { id: string }) => data.conversations.find((one) => one.id === id),
    threads: (_: unknown, { filter, since }: { filter: Filter; since?: Date | null }) =>
      data.conversationsOf(filter.state === 1 ? 'OPEN' : 'CLOSED', filter.messageText, since),
    // Some say what they are.
    items: () => [{ __typename: 'Conversation', ...data.conversations[0] }, { __typename: 'Person', ...data.ada }],
    search: (_: unknown, { first }: { first: number }) => [data.conversations[0], data.ada].slice(0, first),
    named: () => data.teams,
  },
  Mutation: {
    personAdd: (_: unknown, { input }: { input: Pick<data.Person, 'name' | 'role'> }) => ({ id: 'p2', ...input }),
  },
  Conversation: {
    state: (conversation: data.Conversation) => (conversation.state === 'OPEN' ? 1 : 2),
  },
  ConversationState: { OPEN: 1, CLOSED: 2 },
  ConversationTime: new GraphQLScalarType({ name: 'ConversationTime', ...data.day }),
  ConversationHit: {
    __resolveType: (hit: object) => ('title' in hit ? 'Conversation' : 'Person'),
  },
  Named: {
    __resolveType: (named: object) => ('people' in named ? 'Team' : 'Person'),
  },
};

const schema = makeExecutableSchema({
  typeDefs,
  resolvers: [
    // paste here: in the list of resolvers, in place of those of the server
    resolvers,
    // paste to here
    // paste here: in the list of resolvers, behind those of the server
  ],
});

const server = new ApolloServer({ schema });
await answerRequests(
  printSchema(schema),
  async (asked) => {
    const { body } = await server.executeOperation(asked);
    return body.kind === 'single' ? body.singleResult : body;
  },
  (asked) => events(schema, asked),
);

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
