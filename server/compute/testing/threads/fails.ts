throw new Error('There is no memory for a thread.');
