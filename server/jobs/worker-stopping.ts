/** The worker is told to stop: it gives a job back, which another worker does. Nothing went wrong. */
export class WorkerStopping extends Error {
  constructor() {
    super('the worker is stopping');
  }
}
