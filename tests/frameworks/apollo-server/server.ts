import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { printSchema } from 'graphql';
import { messagesOf, newsOf, posted, tasks, threads, toolCalls, type Message } from '../data.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports of the server

const typeDefs = readFileSync(`${dirname(process.argv[2])}/schema.graphql`, 'utf8');

export const resolvers = {
  Query: {
    threadGet: (_: unknown, { threadId }: { threadId: string }) => threads.find((thread) => thread.threadId === threadId),
    workItems: () => [...tasks, ...toolCalls],
    messages: (_: unknown, args: { messageTypes?: string[] | null; order: string; first: number }) => {
      const found = messagesOf(args.messageTypes);
      return (args.order === 'MESSAGE_NEWEST' ? found.reverse() : found).slice(0, args.first);
    },
  },
  Mutation: {
    messagesDelete: (_: unknown, { messageIds }: { messageIds: string[] }) => messageIds.length,
    taskPost: (_: unknown, { input }: { input: { personaId: string; messageTitle: string; messageDetails?: string | null } }) =>
      posted(input.personaId, input.messageTitle, input.messageDetails),
  },
  Subscription: {
    messageNews: {
      async *subscribe(_: unknown, { types }: { types: string[] }) {
        for await (const message of newsOf(types)) yield { messageNews: message };
      },
    },
  },
  Message: {
    messageText: (message: Message, { upTo }: { upTo: number }) => message.text.slice(0, upTo),
  },
  WorkItem: {
    __resolveType: (item: object) => ('toolName' in item ? 'ToolCall' : 'Task'),
  },
};

const schema = makeExecutableSchema({
  typeDefs,
  resolvers: [
    resolvers,
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
