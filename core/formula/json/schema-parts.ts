export type Schema = Readonly<Record<string, unknown>>;

export const WIRE: Schema = { $ref: '#/$defs/wire' };
export const PERCENT: Schema = { $ref: '#/$defs/percent' };
export const IN: Schema = { $ref: '#/$defs/wire', description: 'The function that the node is part of.' };
