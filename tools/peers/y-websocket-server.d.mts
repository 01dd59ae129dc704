import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';

export declare function setupWSConnection(socket: WebSocket, request: IncomingMessage): void;
