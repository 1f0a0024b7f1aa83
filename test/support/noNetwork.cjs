// Loaded with --require: a connection that is opened ends the program, and says so.
const { writeSync } = require('node:fs');
const net = require('node:net');

net.Socket.prototype.connect = () => {
  writeSync(2, 'A CONNECTION WAS OPENED\n');
  process.exit(99);
};
