import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { printSchema } from 'graphql';
import { createSchema, createYoga } from 'graphql-yoga';
import { answerRequests, events } from '../requests.js';
// paste here: the imports of the server

const resolvers = {
  Query: {
    messageFind: (_: unknown, args: { messageIds: string[]; messageLimit: number }) =>
      args.messageIds.slice(0, args.messageLimit).map((id) => `m${id}`),
    notes: (_: unknown, { kind }: { kind: string }) => [kind],
    note: (_: unknown, { id }: { id: string }) => id,
    search: (_: unknown, { text }: { text?: string }) => [text || 'nothing'],
  },
  Mutation: {
    noteAdd: (_: unknown, { input }: { input: { text: string; author?: string } }) =>
      `${input.author ?? 'nobody'}: ${input.text}`,
  },
  Subscription: {
    messageTicks: {
      async *subscribe(_: unknown, { messageCount }: { messageCount: number }) {
        for (let tick = 1; tick <= messageCount; tick++) yield { messageTicks: tick };
      },
    },
  },
};

const schema = createSchema({
  typeDefs: readFileSync(`${dirname(process.argv[2])}/schema.graphql`, 'utf8'),
  resolvers: [
    resolvers,
    // paste here: in the list of resolvers, behind those of the server
  ],
});

const yoga = createYoga({ schema, logging: false });
await answerRequests(
  printSchema(schema),
  async (asked) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const body = JSON.stringify(asked);
    return (await yoga.fetch('http://yoga/graphql', { method: 'POST', headers, body })).json();
  },
  (asked) => events(schema, asked),
);

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
