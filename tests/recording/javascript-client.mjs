import { createServer } from 'node:http';
import './recorder.mjs';
import { request } from 'graphql-request';
import { document } from './asked.mjs';

const server = createServer((_, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"data": {"hello": "Hello bob"}}');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const answer = await request(`http://127.0.0.1:${server.address().port}/`, document, { name: 'bob' });
if (answer.hello !== 'Hello bob') throw new Error(JSON.stringify(answer));
server.close();
server.closeAllConnections();
