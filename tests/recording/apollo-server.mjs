import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { ask, document, resolvers, typeDefs } from './asked.mjs';
import { recordOperations } from './recorder.mjs';

const server = new ApolloServer({ typeDefs, resolvers, plugins: [recordOperations('operations.ndjson')] });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
await ask(fetch, url, document);
await ask(fetch, url, 'query Unknown { unknown }');
await server.stop();
