// What the servers of these tests have, and what they are asked.

export const typeDefs = `
  type Query {
    hello(name: String!): String!
  }
  type Subscription {
    ticks: Int!
  }
`;

export const resolvers = {
  Query: { hello: (_, { name }) => `Hello ${name}` },
  Subscription: {
    ticks: {
      async *subscribe() {
        yield { ticks: 1 };
      },
    },
  },
};

export const document = 'query Greeting($name: String!) { hello(name: $name) }';
export const subscription = 'subscription Ticks { ticks }';

/** Asks as karen's client does, and waits for the whole answer. */
export async function ask(fetch, url, query) {
  const headers = {
    accept: query.startsWith('subscription') ? 'text/event-stream' : 'application/json',
    'content-type': 'application/json',
    'apollographql-client-name': 'karen',
    'apollographql-client-version': '20045',
  };
  const operationName = query.match(/^\w+ (\w+)/)[1];
  const variables = query === document ? { name: 'bob' } : undefined;
  const body = JSON.stringify({ query, operationName, variables });
  const answer = await (await fetch(url, { method: 'POST', headers, body })).text();
  if (query === document && JSON.parse(answer).data.hello !== 'Hello bob') throw new Error(answer);
  if (query === subscription && !answer.includes('{"ticks":1}')) throw new Error(answer);
}
