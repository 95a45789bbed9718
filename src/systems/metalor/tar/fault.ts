/** What is wrong with an archive. */

/** The archive cannot be read on; the message is the library's own. */
export class ArchiveFault extends Error {
  override readonly name = "ArchiveFault";
}
