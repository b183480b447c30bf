import 'reflect-metadata';
import { graphql, printSchema } from 'graphql';
import { createPubSub } from 'graphql-yoga';
import {
  Arg, buildSchema, Field, FieldResolver, ID, InputType, Int, InterfaceType, Mutation, ObjectType, Query, registerEnumType,
  Resolver, Root, Subscription,
} from 'type-graphql';
import * as data from '../../data.js';
import { answerRequests, events } from '../../requests.js';
// paste here: The imports

enum MessageOrder {
  // paste here: In the enum MessageOrder, before MESSAGE_NEWEST
  MESSAGE_NEWEST = 'MESSAGE_NEWEST',
  MSG_OLDEST = 'MSG_OLDEST',
}

registerEnumType(MessageOrder, {
  name: 'MessageOrder',
  description: 'In which order messages come.',
  valuesConfig: {
    // paste here: In registerEnumType of MessageOrder, in its valuesConfig
  },
});

@ObjectType()
class Thread {
  @Field(() => ID)
  threadId!: string;

  @Field()
  title!: string;
  // paste here: In the class Thread
}

@ObjectType()
class Message {
  // paste here: Above messageId of Message
  @Field(() => ID)
  messageId!: string;

  // paste here: Above messageType of Message
  @Field()
  messageType!: string;

  text!: string;
}

@InterfaceType({
  description: 'Anything a persona has to finish.',
  resolveType: (item) => ('toolName' in item ? ToolCall : Task),
})
abstract class WorkItem {
  @Field(() => ID)
  personaId!: string;

  // paste here: Above messageCount of WorkItem
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

  // paste here: In the class TaskInput, in place of the decorator of messageTitle
  @Field()
  // paste to here
  messageTitle!: string;

  @Field(() => String, { nullable: true })
  messageDetails?: string | null;
  // paste here: In the class TaskInput
}

@Resolver(() => Message)
class MessageResolver {
  // paste here: Above messageText of Message
  @FieldResolver(() => String)
  messageText(
    @Root() message: Message,
    @Arg('upTo', () => Int, { nullable: true, defaultValue: 80 }) upTo: number,
  ): string {
    return message.text.slice(0, upTo);
  }

  // paste here: Above threadGet of Query
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
    // paste here: In the parameters of messages of Query
  ): Message[] {
    // paste here: First in the body of messages of Query
    const found = data.messagesOf(messageTypes);
    return (order === MessageOrder.MESSAGE_NEWEST ? found.reverse() : found).slice(0, first);
  }

  @Mutation(() => Int)
  messagesDelete(
    // paste here: In the parameters of messagesDelete of Mutation, in place of the decorator of messageIds
    @Arg('messageIds', () => [ID])
    // paste to here
    messageIds: string[],
    // paste here: In the parameters of messagesDelete of Mutation
  ): number {
    // paste here: First in the body of messagesDelete of Mutation
    return messageIds.length;
  }

  @Mutation(() => Task)
  taskPost(@Arg('input') input: TaskInput): Task {
    // paste here: First in the body of taskPost of Mutation
    return data.posted(input.personaId, input.messageTitle, input.messageDetails);
  }

  // paste here: Above messageNews of Subscription
  @Subscription(() => Message, { subscribe: ({ args }) => data.newsOf(args.types) })
  messageNews(@Root() message: Message, @Arg('types', () => [String], { defaultValue: [] }) _types: string[]): Message {
    return message;
  }
}

// paste here: In a module of its own
const schema = await buildSchema({ resolvers: [MessageResolver], validate: false, pubSub: createPubSub() });
await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);
