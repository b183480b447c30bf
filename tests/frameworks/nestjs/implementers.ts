import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Args, GraphQLModule, GraphQLSchemaHost, Mutation, Query, Resolver } from '@nestjs/graphql';
import { printSchema } from 'graphql';
import { Named, Person, TaskInput } from './model.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

@Resolver()
class TaskResolver {
  @Query(() => [Named])
  named(): Named[] {
    return [Object.assign(new Person(), { name: 'Ada' })];
  }

  @Mutation(() => String)
  messagePost(@Args('input') input: TaskInput): string {
    // paste here: first in the body of messagePost of Mutation
    return input.messageTitle;
  }
}

@Module({
  imports: [GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true, playground: false })],
  providers: [
    TaskResolver,
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
import { Field, InputType, InterfaceType, ObjectType } from '@nestjs/graphql';

@InterfaceType()
export abstract class Named {
  @Field() name!: string;
}

@ObjectType({ implements: () => Named })
export class Person extends Named {}

@InputType()
export class TaskInput {
  // paste here: in the class TaskInput, in place of the decorator of messageTitle
  @Field()
  // paste to here
  messageTitle!: string;
  // paste here: in the class TaskInput
}

// file: oldTypes.ts
import { Named } from './model.js';
// paste here: a module of its own, oldTypes.ts; the types that it names are yours to import

// file: oldFields.ts
import { TaskInput } from './model.js';
// paste here: a module of its own, oldFields.ts; the types that it names are yours to import

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
