export { setupWSConnection } from '@y/websocket-server/utils';
