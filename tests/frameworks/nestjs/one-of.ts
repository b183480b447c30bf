import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Args, Field, GraphQLModule, GraphQLSchemaHost, ID, InputType, Query, Resolver } from '@nestjs/graphql';
import { printSchema } from 'graphql';
import { answerRequests, events } from '../requests.js';

@InputType({
  // paste here: in the options of the class FindBy, in place of isOneOf
  isOneOf: true,
  // paste to here
})
class FindBy {
  @Field(() => ID, { nullable: true }) id?: string | null;
  @Field(() => String, { nullable: true }) name?: string | null;
}

@Resolver()
class FindResolver {
  @Query(() => String)
  find(@Args('by') by: FindBy): string {
    return by.id ? `thread ${by.id}` : by.name ? `person ${by.name}` : 'nothing';
  }
}

@Module({
  imports: [GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true, playground: false })],
  providers: [FindResolver],
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
