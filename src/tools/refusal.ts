/** Something the person who typed the command can put right: said in plain words, without a stack trace. */
export class Refusal extends Error {}
