import SchemaBuilder from '@pothos/core';
import { printSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import * as data from '../data.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

const builder = new SchemaBuilder<{ Interfaces: { WorkItem: { personaId: string; messageCount: number } } }>({});

const MessageOrder = builder.enumType('MessageOrder', {
  description: 'In which order messages come.',
  values: {
    // paste here: in the values of MessageOrder, above MESSAGE_NEWEST, whose value it has
    MESSAGE_NEWEST: { value: 'MESSAGE_NEWEST' },
    MSG_OLDEST: { value: 'MSG_OLDEST' },
  } as const,
});

const Thread = builder.objectRef<data.Thread>('Thread').implement({
  fields: (t) => ({
    threadId: t.exposeID('threadId', { nullable: false }),
    title: t.exposeString('title', { nullable: false }),
  }),
});

const Message = builder.objectRef<data.Message>('Message').implement({
  fields: (t) => ({
    messageId: t.exposeID('messageId', { nullable: false }),
    messageType: t.exposeString('messageType', { nullable: false }),
    messageText: t.string({
      nullable: false,
      args: { upTo: t.arg.int({ defaultValue: 80 }) },
      resolve: (message, { upTo }) => message.text.slice(0, upTo ?? undefined),
    }),
  }),
});

const WorkItem = builder.interfaceType('WorkItem', {
  description: 'Anything a persona has to finish.',
  fields: (t) => ({
    personaId: t.exposeID('personaId', { nullable: false }),
    messageCount: t.exposeInt('messageCount', { nullable: false }),
  }),
  resolveType: (item) => ('toolName' in item ? 'ToolCall' : 'Task'),
});

const Task = builder.objectRef<data.Task>('Task').implement({
  interfaces: [WorkItem],
  fields: (t) => ({
    title: t.exposeString('title', { nullable: false }),
    details: t.exposeString('details', { nullable: true }),
  }),
});

builder.objectRef<data.ToolCall>('ToolCall').implement({
  interfaces: [WorkItem],
  fields: (t) => ({
    toolName: t.exposeString('toolName', { nullable: false }),
  }),
});

const TaskInput = builder.inputType('TaskInput', {
  fields: (t) => ({
    personaId: t.id({ required: true }),
    // paste here: in the fields of TaskInput, in place of messageTitle
    messageTitle: t.string({ required: true }),
    // paste to here
    messageDetails: t.string({ required: false }),
    // paste here: in the fields of TaskInput
  }),
});

builder.queryType({
  fields: (t) => ({
    threadGet: t.field({
      type: Thread,
      nullable: true,
      args: { threadId: t.arg.id({ required: true }) },
      resolve: (_, { threadId }) => data.threads.find((thread) => thread.threadId === threadId),
    }),
    workItems: t.field({
      type: [WorkItem],
      nullable: false,
      args: { personaId: t.arg.id({ required: true }) },
      resolve: () => [...data.tasks, ...data.toolCalls],
    }),
    messages: t.field({
      type: [Message],
      nullable: false,
      args: {
        messageTypes: t.arg.stringList({ required: false }),
        order: t.arg({ type: MessageOrder, required: true, defaultValue: 'MESSAGE_NEWEST' }),
        first: t.arg.int({ defaultValue: 10 }),
        // paste here: in the arguments of messages of Query
      },
      resolve: (_, args) => {
        // paste here: first in the resolver of messages of Query
        const found = data.messagesOf(args.messageTypes);
        return (args.order === 'MESSAGE_NEWEST' ? found.reverse() : found).slice(0, args.first ?? undefined);
      },
    }),
  }),
});

builder.mutationType({
  fields: (t) => ({
    messagesDelete: t.int({
      nullable: false,
      args: {
        // paste here: in the arguments of messagesDelete of Mutation, in place of messageIds
        messageIds: t.arg.idList({ required: true }),
        // paste to here
        // paste here: in the arguments of messagesDelete of Mutation
      },
      resolve: (_, args) => {
        // paste here: first in the resolver of messagesDelete of Mutation
        return args.messageIds.length;
      },
    }),
    taskPost: t.field({
      type: Task,
      nullable: false,
      args: { input: t.arg({ type: TaskInput, required: true }) },
      resolve: (_, args) => {
        // paste here: first in the resolver of taskPost of Mutation
        return data.posted(String(args.input.personaId), args.input.messageTitle, args.input.messageDetails);
      },
    }),
  }),
});

builder.subscriptionType({
  fields: (t) => ({
    messageNews: t.field({
      type: Message,
      nullable: false,
      args: { types: t.arg.stringList({ required: true, defaultValue: [] }) },
      subscribe: (_, { types }) => data.newsOf(types),
      resolve: (message) => message,
    }),
  }),
});

// paste here: below the types, before the schema is built
const schema = builder.toSchema({
  // paste here: in the options of builder.toSchema
});

const yoga = createYoga({ schema, logging: false });
await answerRequests(
  printSchema(schema),
  async (asked) => {
    const body = JSON.stringify(asked);
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    return (await yoga.fetch('http://yoga/graphql', { method: 'POST', headers, body })).json();
  },
  (asked) => events(schema, asked),
);

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
