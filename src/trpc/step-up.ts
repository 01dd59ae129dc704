/** Asks the person to show that it is they; true once they have. */
type Ask = () => Promise<boolean>;

let ask: Ask | null = null;
let asking: Promise<boolean> | null = null;

/** Who asks, while a dialog for it is on the page. Returns what takes it away again. */
export function askBy(dialog: Ask): () => void {
  ask = dialog;
  return () => {
    if (ask === dialog) ask = null;
  };
}

/** Of several that need it at once, the person is asked once. False when they do not want to, or nobody can ask. */
export function askToStepUp(): Promise<boolean> {
  asking ??= (ask ? ask() : Promise.resolve(false)).finally(() => {
    asking = null;
  });
  return asking;
}
