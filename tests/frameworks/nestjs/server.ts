import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import {
  Args, GraphQLModule, GraphQLSchemaHost, ID, Int, Mutation, Parent, Query, ResolveField, Resolver, Subscription,
} from '@nestjs/graphql';
import { printSchema } from 'graphql';
import * as data from '../data.js';
import { Message, MessageOrder, Task, TaskInput, Thread, WorkItem } from './model.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

@Resolver(() => Message)
class MessageResolver {
  @ResolveField(() => String)
  messageText(
    @Parent() message: Message,
    @Args('upTo', { type: () => Int, nullable: true, defaultValue: 80 }) upTo: number,
  ): string {
    return message.text.slice(0, upTo);
  }

  @Query(() => Thread, { nullable: true })
  threadGet(@Args('threadId', { type: () => ID }) threadId: string): Thread | undefined {
    return data.threads.find((thread) => thread.threadId === threadId);
  }

  @Query(() => [WorkItem])
  workItems(@Args('personaId', { type: () => ID }) _personaId: string): WorkItem[] {
    return [...data.tasks, ...data.toolCalls];
  }

  @Query(() => [Message])
  messages(
    @Args('messageTypes', { type: () => [String], nullable: true }) messageTypes: string[] | null | undefined,
    @Args('order', { type: () => MessageOrder, defaultValue: MessageOrder.MESSAGE_NEWEST }) order: MessageOrder,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 10 }) first: number,
    // paste here: in the parameters of messages of Query
  ): Message[] {
    // paste here: first in the body of messages of Query
    const found = data.messagesOf(messageTypes);
    return (order === MessageOrder.MESSAGE_NEWEST ? found.reverse() : found).slice(0, first);
  }

  @Mutation(() => Int)
  messagesDelete(
    // paste here: in the parameters of messagesDelete of Mutation, in place of the decorator of messageIds
    @Args('messageIds', { type: () => [ID] })
    // paste to here
    messageIds: string[],
    // paste here: in the parameters of messagesDelete of Mutation
  ): number {
    // paste here: first in the body of messagesDelete of Mutation
    return messageIds.length;
  }

  @Mutation(() => Task)
  taskPost(@Args('input') input: TaskInput): Task {
    // paste here: first in the body of taskPost of Mutation
    return data.posted(input.personaId, input.messageTitle, input.messageDetails);
  }

  @Subscription(() => Message)
  async *messageNews(@Args('types', { type: () => [String], defaultValue: [] }) types: string[]) {
    for await (const message of data.newsOf(types)) yield { messageNews: message };
  }
}

@Module({
  imports: [GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true, playground: false })],
  providers: [
    MessageResolver,
    // paste here: in the providers of the module
  ],
})
class ServerModule {}

const server = await NestFactory.create(ServerModule, { logger: ['error'] });
await server.listen(0, '127.0.0.1');
const url = `${await server.getUrl()}/graphql`;
const { schema } = server.get(GraphQLSchemaHost);
await answerRequests(
  printSchema(schema),
  async (asked) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(asked) })).json();
  },
  (asked) => events(schema, asked),
);
await server.close();

// file: model.ts
import { Field, ID, InputType, Int, InterfaceType, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum MessageOrder {
  // paste here: in the enum MessageOrder, above MESSAGE_NEWEST, whose value it has
  MESSAGE_NEWEST = 'MESSAGE_NEWEST',
  MSG_OLDEST = 'MSG_OLDEST',
}

registerEnumType(MessageOrder, {
  name: 'MessageOrder',
  description: 'In which order messages come.',
  valuesMap: {
    // paste here: in registerEnumType of MessageOrder, in its valuesMap
  },
});

@ObjectType()
export class Thread {
  @Field(() => ID) threadId!: string;
  @Field() title!: string;
}

@ObjectType()
export class Message {
  @Field(() => ID) messageId!: string;
  @Field() messageType!: string;
  text!: string;
}

@InterfaceType({
  description: 'Anything a persona has to finish.',
  resolveType: (item) => ('toolName' in item ? ToolCall : Task),
})
export abstract class WorkItem {
  @Field(() => ID) personaId!: string;
  @Field(() => Int) messageCount!: number;
}

@ObjectType({ implements: () => WorkItem })
export class Task extends WorkItem {
  @Field() title!: string;
  @Field(() => String, { nullable: true }) details!: string | null;
}

@ObjectType({ implements: () => WorkItem })
export class ToolCall extends WorkItem {
  @Field() toolName!: string;
}

@InputType()
export class TaskInput {
  @Field(() => ID) personaId!: string;
  // paste here: in the class TaskInput, in place of the decorator of messageTitle
  @Field()
  // paste to here
  messageTitle!: string;
  @Field(() => String, { nullable: true }) messageDetails?: string | null;
  // paste here: in the class TaskInput
}

// file: oldFields.ts
import { Message, Thread, WorkItem } from './model.js';
// paste here: a module of its own, oldFields.ts; the types that it names are yours to import

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
