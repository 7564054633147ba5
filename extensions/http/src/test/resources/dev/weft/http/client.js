// A client with the package ws: node client.js FOLDER_OF_WS PORT
const WebSocket = require(process.argv[2]);
const url = 'ws://127.0.0.1:' + process.argv[3];
const large = Buffer.alloc(1000000, 7);

function fail(reason) {
  console.log('failed: ' + reason);
  process.exit(1);
}

function first() {
  const socket = new WebSocket(url + '/echo');
  const received = [];
  socket.on('error', (error) => fail(error));
  socket.on('open', () => {
    socket.send('h\u00f6re');
    socket.send('');
    socket.send(large);
    socket.send('a', { fin: false });
    socket.send('b', { fin: false });
    socket.ping('between');
    socket.send('c', { fin: true });
  });
  socket.on('pong', (data) => received.push('pong ' + data));
  socket.on('message', (data, isBinary) => {
    received.push(isBinary ? 'bytes ' + data.equals(large) : 'text ' + encodeURIComponent(data));
    if (received.length === 5) {
      socket.close(4001, 'enough');
    }
  });
  socket.on('close', (code, reason) => {
    console.log(received.sort().join(', ') + ', closed ' + code + ' ' + reason);
    second();
  });
}

// The server closes.
function second() {
  const socket = new WebSocket(url + '/closing');
  socket.on('error', (error) => fail(error));
  socket.on('close', (code, reason) => {
    console.log('closed ' + code + ' ' + reason);
    third();
  });
}

// The server refuses.
function third() {
  const socket = new WebSocket(url + '/nowhere');
  socket.on('error', (error) => console.log(error.message));
}

first();
