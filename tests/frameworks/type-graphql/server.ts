import 'reflect-metadata';
import { graphql, printSchema } from 'graphql';
import { createPubSub } from 'graphql-yoga';
import {
  Arg, buildSchema, Field, FieldResolver, ID, InputType, Int, InterfaceType, Mutation, ObjectType, Query, registerEnumType,
  Resolver, Root, Subscription,
} from 'type-graphql';
import * as data from '../data.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

enum MessageOrder {
  // paste here: in the enum MessageOrder, above MESSAGE_NEWEST, whose value it has
  MESSAGE_NEWEST = 'MESSAGE_NEWEST',
  MSG_OLDEST = 'MSG_OLDEST',
}

registerEnumType(MessageOrder, {
  name: 'MessageOrder',
  description: 'In which order messages come.',
  valuesConfig: {
    // paste here: in registerEnumType of MessageOrder, in its valuesConfig
  },
});

@ObjectType()
export class Thread {
  @Field(() => ID)
  threadId!: string;

  @Field()
  title!: string;
}

@ObjectType()
export class Message {
  // paste here: above messageId of Message, beside its @Field (@FieldResolver, where it has one)
  @Field(() => ID)
  messageId!: string;

  // paste here: above messageType of Message, beside its @Field (@FieldResolver, where it has one)
  @Field()
  messageType!: string;

  text!: string;
}

@InterfaceType({
  description: 'Anything a persona has to finish.',
  resolveType: (item) => ('toolName' in item ? ToolCall : Task),
})
export abstract class WorkItem {
  @Field(() => ID)
  personaId!: string;

  // paste here: above messageCount of WorkItem, beside its @Field (@FieldResolver, where it has one)
  @Field(() => Int)
  messageCount!: number;
}

@ObjectType({ implements: WorkItem })
class Task extends WorkItem {
  @Field()
  title!: string;

  @Field(() => String, { nullable: true })
  details!: string | null;
}

@ObjectType({ implements: WorkItem })
class ToolCall extends WorkItem {
  @Field()
  toolName!: string;
}

@InputType()
class TaskInput {
  @Field(() => ID)
  personaId!: string;

  // paste here: in the class TaskInput, in place of the decorator of messageTitle
  @Field()
  // paste to here
  messageTitle!: string;

  @Field(() => String, { nullable: true })
  messageDetails?: string | null;
  // paste here: in the class TaskInput
}

@Resolver(() => Message)
class MessageResolver {
  // paste here: above messageText of Message, beside its @FieldResolver (@Field, where it has one)
  @FieldResolver(() => String)
  messageText(
    @Root() message: Message,
    @Arg('upTo', () => Int, { nullable: true, defaultValue: 80 }) upTo: number,
  ): string {
    return message.text.slice(0, upTo);
  }

  // paste here: above threadGet of Query, beside its @Query
  @Query(() => Thread, { nullable: true })
  threadGet(@Arg('threadId', () => ID) threadId: string): Thread | undefined {
    return data.threads.find((thread) => thread.threadId === threadId);
  }

  @Query(() => [WorkItem])
  workItems(@Arg('personaId', () => ID) _personaId: string): WorkItem[] {
    return [...data.tasks, ...data.toolCalls] as WorkItem[];
  }

  @Query(() => [Message])
  messages(
    @Arg('messageTypes', () => [String], { nullable: true }) messageTypes: string[] | null | undefined,
    @Arg('order', () => MessageOrder, { defaultValue: MessageOrder.MESSAGE_NEWEST }) order: MessageOrder,
    @Arg('first', () => Int, { nullable: true, defaultValue: 10 }) first: number,
    // paste here: in the parameters of messages of Query
  ): Message[] {
    // paste here: first in the body of messages of Query
    const found = data.messagesOf(messageTypes);
    return (order === MessageOrder.MESSAGE_NEWEST ? found.reverse() : found).slice(0, first);
  }

  @Mutation(() => Int)
  messagesDelete(
    // paste here: in the parameters of messagesDelete of Mutation, in place of the decorator of messageIds
    @Arg('messageIds', () => [ID])
    // paste to here
    messageIds: string[],
    // paste here: in the parameters of messagesDelete of Mutation
  ): number {
    // paste here: first in the body of messagesDelete of Mutation
    return messageIds.length;
  }

  @Mutation(() => Task)
  taskPost(@Arg('input') input: TaskInput): Task {
    // paste here: first in the body of taskPost of Mutation
    return data.posted(input.personaId, input.messageTitle, input.messageDetails);
  }

  // paste here: above messageNews of Subscription, beside its @Subscription
  @Subscription(() => Message, { subscribe: ({ args }) => data.newsOf(args.types) })
  messageNews(@Root() message: Message, @Arg('types', () => [String], { defaultValue: [] }) _types: string[]): Message {
    return message;
  }
}

const schema = await buildSchema({
  resolvers: [
    MessageResolver,
    // paste here: in the resolvers of buildSchema
  ],
  validate: false,
  pubSub: createPubSub(),
});
await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);

// file: oldFields.ts
import { Thread } from './server.js';
// paste here: a module of its own, oldFields.ts; the types that it names are yours to import

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
