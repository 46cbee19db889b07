// Asks a server over kept-alive connections, as many times as it is told, and says how often it was answered with 200.
import { connect } from 'node:net';

const port = Number(process.argv[2]);
const paths = [
  '/stories/a',
  '/stories/b/c',
  '/stories/lamp.html',
  '/stories/2026/11/x',
  '/stories/d',
  '/stories/e',
];
const CONNECTIONS = 16;
const CONTENT_LENGTH = /\r\ncontent-length: (\d+)/i;

process.on('message', ({ headers, requests }: { headers: string; requests: number }) => {
  let [sent, received, ok] = [0, 0, 0];
  for (let each = 0; each < CONNECTIONS; each += 1) {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    let heard = '';
    const next = () => {
      if (sent === requests) return void socket.destroy();
      socket.write(`GET ${paths[sent % paths.length]} HTTP/1.1\r\nHost: blog.example\r\n${headers}\r\n`);
      sent += 1;
    };
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      heard += chunk;
      const end = heard.indexOf('\r\n\r\n');
      if (end === -1 || heard.length < end + 4 + Number(CONTENT_LENGTH.exec(heard)?.[1] ?? 0)) return;
      if (heard.startsWith('HTTP/1.1 200')) ok += 1;
      heard = '';
      received += 1;
      if (received === requests) process.send?.({ ok });
      next();
    });
    socket.on('connect', next);
  }
});
