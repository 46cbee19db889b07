/** Which face a request came to, and how it looks. `app.ts` says how it is found. */
export type Face = {
  /** Campaign and licences under one host, or one of them under its own. */
  readonly shows: 'both' | 'campaign' | 'licensing';
  /** Whether an address leads somewhere: here, or at the host of the other face. */
  has(path: string): boolean;
  /** One of the sets of colours in `clearway.css`. */
  readonly accent: string;
  /** The name and operator of this face, where they differ from the instance's. */
  readonly voice?: { readonly name: string; readonly operator: string; readonly imprint: string };
};

declare module '../kernel/http/router.ts' {
  interface HttpVariables {
    face: () => Promise<Face>;
  }
}
