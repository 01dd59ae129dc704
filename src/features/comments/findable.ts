export interface Person {
  readonly userId: string;
  readonly name: string;
}

export interface Findable extends Person {
  readonly email: string;
}
