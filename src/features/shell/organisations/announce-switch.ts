/** Where the tabs of a browser, which share one session, tell each other that it works in another organisation now. */
export const SWITCH_CHANNEL = 'alphaloom-organisation';

export function announceSwitch(): void {
  const channel = new BroadcastChannel(SWITCH_CHANNEL);
  channel.postMessage('switched');
  channel.close();
}
