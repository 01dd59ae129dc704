import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { setupWSConnection } from '../peers/y-websocket-server.mjs';
import { answerMemory } from './answer-memory.ts';

// The stock server: documents are in memory alone.
const sockets = new WebSocketServer({ noServer: true });
sockets.on('connection', (socket, request) => setupWSConnection(socket, request));
const server = createServer();
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request)),
);
server.listen(Number(process.argv[2]), '127.0.0.1', answerMemory);
