import { createSchema, createYoga } from 'graphql-yoga';
import { ask, document, resolvers, subscription, typeDefs } from './asked.mjs';
import { recordOperations } from './recorder.mjs';

const schema = createSchema({ typeDefs, resolvers });
const yoga = createYoga({ schema, logging: false, plugins: [recordOperations('operations.ndjson')] });
await ask(yoga.fetch, 'http://yoga/graphql', document);
await ask(yoga.fetch, 'http://yoga/graphql', 'query Unknown { unknown }');
await ask(yoga.fetch, 'http://yoga/graphql', subscription);
