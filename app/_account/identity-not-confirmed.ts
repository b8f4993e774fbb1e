/** The person would not, or could not, confirm who they are: nothing was changed. */
export class IdentityNotConfirmed extends Error {
  override readonly name = "IdentityNotConfirmed";

  constructor() {
    super("Nothing was changed, because you did not confirm that it is you.");
  }
}
