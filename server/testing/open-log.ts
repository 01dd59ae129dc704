import { pino } from 'pino';

// The first log of a process puts one listener for `exit` on the process, for all logs that there will ever be: opened
// before things are counted.
pino({ level: 'silent' });
